using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>
/// Revokes a client for good, with its secrets and its tokens: at once where this is answered, within 5 seconds everywhere else.
/// No If-Match: in an emergency nobody should have to read first.
/// </summary>
internal static class RevokeApiClient
{
    public static void Map(RouteGroupBuilder clients) =>
        clients.MapPost("/{id:guid}/revoke", Handle)
            .UseCase(nameof(RevokeApiClient), "Revoke an API client")
            .RequireScope(Scopes.ClientsWrite)
            .Refuses(ApiClientErrors.AlreadyRevoked)
            .Example(response: ApiClientResponse.Sample with { RevokedAt = ApiClientResponse.Sample.CreatedAt.AddDays(30), Version = 2 });

    private static async Task<Results<Ok<ApiClientResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, AuditTrail audit, RevokedClients revoked, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await db.LockAsync(id, ct) is not { } client)
            return Problems.NotFound("api_client");
        if (client.Revoke(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("apiClient.revoked", id, client.OrganizationId);
        await db.SaveChangesAsync(ct);
        // The answer leaves after the commit; not before must this process believe it.
        response.OnStarting(() =>
        {
            revoked.Bury(id);
            return Task.CompletedTask;
        });
        return TypedResults.Ok(await ApiClientResponse.ReadAsync(db, id, ct));
    }
}
