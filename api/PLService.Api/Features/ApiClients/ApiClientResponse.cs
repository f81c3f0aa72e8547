using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>A machine that may call the service.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="ClientId">What it signs in with at <c>/oauth/token</c>, beside a secret.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="OrganizationId">The root of what it may reach; null is the whole tenant.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="Secrets">Its secrets, the newest first; never the secrets themselves.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record ApiClientResponse(
    Guid Id,
    string ClientId,
    string Name,
    IReadOnlyList<string> Scopes,
    Guid? OrganizationId,
    DateTimeOffset? RevokedAt,
    IReadOnlyList<SecretHint> Secrets,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture);

    internal static readonly ApiClientResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000050"),
        "plc_AaKzxAAAcACAAAAAAAAAAQGis8QAAHAAgAAAAAAAAFA",
        "Cedar Valley nightly import",
        [Access.Scopes.ImportsRead, Access.Scopes.ImportsWrite],
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"),
        null,
        [new SecretHint(Guid.Parse("01a2b3c4-0000-7000-8000-000000000051"), "x7Qf", SampleTime, null)],
        SampleTime,
        SampleTime,
        1);

    /// <summary>The projection that every read uses: one query, hints included, hashes never.</summary>
    internal static Expression<Func<ApiClient, ApiClientResponse>> From(PLServiceDbContext db) => client => new ApiClientResponse(
        client.Id, ClientCredentials.WriteId(client.TenantId, client.Id), client.Name, client.Scopes, client.OrganizationId, client.RevokedAt,
        db.ApiClientSecrets
            .Where(s => s.ApiClientId == client.Id)
            .OrderByDescending(s => s.Id)
            .Select(s => new SecretHint(s.Id, s.Hint, s.CreatedAt, s.RevokedAt)).ToList(),
        client.CreatedAt, client.UpdatedAt, client.Version);

    /// <summary>The client as it is stored now; for answers to a change.</summary>
    internal static Task<ApiClientResponse> ReadAsync(PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.ApiClients.Where(client => client.Id == id).Select(From(db)).SingleAsync(ct);
}

/// <summary>What can be known of a secret after it was shown.</summary>
/// <param name="Id">The service's id, to revoke it.</param>
/// <param name="Hint">Its last four characters.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while it is live.</param>
public sealed record SecretHint(Guid Id, string Hint, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>A secret, in the only answer that ever shows it.</summary>
/// <param name="Id">The service's id, to revoke it.</param>
/// <param name="ClientId">What to sign in with.</param>
/// <param name="ClientSecret">The secret: store it now, it is never shown again.</param>
public sealed record NewSecret(Guid Id, string ClientId, string ClientSecret)
{
    internal static readonly NewSecret Sample = new(
        ApiClientResponse.Sample.Secrets[0].Id, ApiClientResponse.Sample.ClientId, "pls_" + new string('x', 39) + "x7Qf");
}
