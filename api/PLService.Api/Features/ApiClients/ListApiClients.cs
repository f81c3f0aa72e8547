using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>The API clients of organizations that the token reaches, the newest first, revoked ones included unless filtered out.</summary>
internal static class ListApiClients
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only clients of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only revoked ones, or only live ones.</summary>
        public bool? Revoked { get; init; }
    }

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder clients) =>
        clients.MapQuery("/", Handle)
            .UseCase(nameof(ListApiClients), "List API clients")
            .RequireScope(Scopes.ClientsRead)
            .Validate<Request>()
            .Example(response: new Page<ApiClientResponse>([ApiClientResponse.Sample], null, null));

    private static async Task<Ok<Page<ApiClientResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.ReachableApiClients();
        if (request.OrganizationId is { } organization)
            found = found.Where(client => client.OrganizationId == organization);
        if (request.Revoked is { } revoked)
            found = found.Where(client => client.RevokedAt != null == revoked);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(client => client.Id < last);
        var page = await found.OrderByDescending(client => client.Id).Take(request.Take + 1).Select(ApiClientResponse.From(db)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, request.Take, client => [client.Id.ToString()], count));
    }
}
