using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>One API client with the hints and dates of its secrets; the secrets themselves are not known to the service.</summary>
internal static class GetApiClient
{
    public static void Map(RouteGroupBuilder clients) =>
        clients.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetApiClient), "Read an API client")
            .RequireScope(Scopes.ClientsRead)
            .Example(response: ApiClientResponse.Sample);

    private static async Task<Results<Ok<ApiClientResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct) =>
        await db.ReachableApiClients().Where(client => client.Id == id).Select(ApiClientResponse.From(db)).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("api_client");
}
