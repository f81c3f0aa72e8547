using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>
/// Makes a second secret, so that a client can change over without a pause: add one, put it to use, revoke the old one. Only this answer
/// shows it. Whoever has a client's secret can do what the client can, so all its scopes must be your own.
/// </summary>
internal static class AddApiClientSecret
{
    public static void Map(RouteGroupBuilder clients) =>
        clients.MapPost("/{id:guid}/secrets", Handle)
            .UseCase(nameof(AddApiClientSecret), "Add a secret to an API client")
            .RequireScope(Scopes.ClientsWrite)
            .NotRepeatable()
            .Refuses(ApiClientErrors.TooManySecrets, ApiClientErrors.BeyondYourReach, ApiClientErrors.Revoked)
            .Example(response: NewSecret.Sample);

    private static async Task<Results<Created<NewSecret>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, Caller caller, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockAsync(id, ct) is not { } client)
            return Problems.NotFound("api_client");
        if (!caller.HasAll(client.Scopes))
            return ApiClientErrors.BeyondYourReach.ToConflict();
        if (client.CheckFurtherSecret(await db.ApiClientSecrets.CountAsync(s => s.ApiClientId == id && s.RevokedAt == null, ct)) is { } refused)
            return refused.ToConflict();

        var secret = db.AddSecret(client, clock.GetUtcNow());
        db.Touch(client);
        audit.Record("apiClient.secretAdded", id, client.OrganizationId, new { secretId = secret.Id });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/api-clients/{id}", secret);
    }
}
