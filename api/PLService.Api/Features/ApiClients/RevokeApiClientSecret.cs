using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>
/// Takes a secret out of use: it gets no further tokens. Tokens that it got already are good until they expire, 15 minutes at most; when a
/// secret leaked, revoke the client as well. No If-Match: in an emergency nobody should have to read first.
/// </summary>
internal static class RevokeApiClientSecret
{
    public static void Map(RouteGroupBuilder clients) =>
        clients.MapDelete("/{id:guid}/secrets/{secretId:guid}", Handle)
            .UseCase(nameof(RevokeApiClientSecret), "Revoke a secret of an API client")
            .RequireScope(Scopes.ClientsWrite)
            .Refuses(ApiClientErrors.SecretAlreadyRevoked);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid secretId, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockAsync(id, ct) is not { } client)
            return Problems.NotFound("api_client");
        if (await db.ApiClientSecrets.SingleOrDefaultAsync(s => s.ApiClientId == id && s.Id == secretId, ct) is not { } secret)
            return Problems.NotFound("secret");
        if (secret.Revoke(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        db.Touch(client);
        audit.Record("apiClient.secretRevoked", id, client.OrganizationId, new { secretId });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
