using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>Nobody gives away what they do not have: neither by making a client, nor by changing one, nor by giving one a secret.</summary>
internal static class ApiClientReach
{
    /// <summary>Whether every one of these scopes is the caller's own. The token counts, which may have fewer than its client.</summary>
    public static bool HasAll(this Caller caller, IEnumerable<string> scopes) => caller.Scopes.IsSupersetOf(scopes);

    /// <summary>Whether a client may be bound to this organization, or to the whole tenant.</summary>
    public static async Task<bool> CanGiveAsync(this Caller caller, PLServiceDbContext db, Guid? organizationId, CancellationToken ct) =>
        organizationId is null ? caller.ReachesAll : await db.ReachableOrganizations().AnyAsync(o => o.Id == organizationId, ct);

    /// <summary>The client if the caller reaches it, its row locked: secrets are counted and revocations decided one after the other.</summary>
    public static async Task<ApiClient?> LockAsync(this PLServiceDbContext db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.api_client where tenant_id = {db.TenantId} and id = {id} for no key update", ct);
        return await db.ReachableApiClients().SingleOrDefaultAsync(client => client.Id == id, ct);
    }

    /// <summary>Adds a new secret to the client. The clear text is in the result and nowhere else.</summary>
    public static NewSecret AddSecret(this PLServiceDbContext db, ApiClient client, DateTimeOffset now)
    {
        var text = ClientCredentials.NewSecret();
        var secret = new ApiClientSecret { ApiClientId = client.Id, Hash = ClientCredentials.Hash(text), Hint = ClientCredentials.Hint(text), CreatedAt = now };
        db.Add(secret);
        return new(secret.Id, ClientCredentials.WriteId(db.TenantId, client.Id), text);
    }

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> KnownScopes<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .NotEmpty()
        .Must(scopes => scopes.Count <= Scopes.All.Count && scopes.All(scope => scope is not null && Scopes.All.ContainsKey(scope)))
        .WithErrorCode("api_client.unknown_scope")
        .WithMessage("There is a scope that does not exist, or one that is given twice; GET /v1 lists them.");
}
