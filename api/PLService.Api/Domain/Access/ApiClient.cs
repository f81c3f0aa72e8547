namespace PLService.Api.Domain.Access;

/// <summary>A machine that may call the service: tenant, scopes and the organization subtree that it may reach.</summary>
public sealed class ApiClient : TenantEntity
{
    public const int NameMaxLength = 120;

    /// <summary>Two secrets may be valid at once, so that a client can change over without a pause.</summary>
    public const int MaxLiveSecrets = 2;

    private ApiClient()
    {
    }

    public string Name { get; private set; } = "";
    public string[] Scopes { get; private set; } = [];

    /// <summary>The root of what it may reach; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static ApiClient Create(string name, string[] scopes, Guid? organizationId) =>
        new() { Name = name, Scopes = scopes, OrganizationId = organizationId };

    public DomainError? Change(string name, string[] scopes)
    {
        if (RevokedAt is not null)
            return ApiClientErrors.Revoked;

        Name = name;
        // The same scopes in another order are no change.
        if (!Scopes.ToHashSet().SetEquals(scopes))
            Scopes = scopes;
        return null;
    }

    /// <summary>Whether it can have a further secret beside the live ones.</summary>
    public DomainError? CheckFurtherSecret(int liveSecrets) =>
        RevokedAt is not null ? ApiClientErrors.Revoked : liveSecrets >= MaxLiveSecrets ? ApiClientErrors.TooManySecrets : null;

    public DomainError? Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return ApiClientErrors.AlreadyRevoked;

        RevokedAt = now;
        return null;
    }
}
