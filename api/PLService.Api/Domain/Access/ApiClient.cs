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

    public void Change(string name, string[] scopes) => (Name, Scopes) = (name, scopes);

    public DomainError? Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return ApiClientErrors.AlreadyRevoked;

        RevokedAt = now;
        return null;
    }
}

/// <summary>A secret of an API client; only its SHA-256 is kept.</summary>
public sealed class ApiClientSecret : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ApiClientId { get; init; }
    public byte[] Hash { get; init; } = [];

    /// <summary>The last four characters, so that people can tell two secrets apart.</summary>
    public string Hint { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

public static class ApiClientErrors
{
    public static readonly DomainError AlreadyRevoked = new("api_client.already_revoked", "The client is revoked already.");
    public static readonly DomainError Revoked = new("api_client.revoked", "A revoked client gets no further secrets; create a new client.");
    public static readonly DomainError TooManySecrets =
        new("api_client.too_many_secrets", $"{ApiClient.MaxLiveSecrets} secrets are live; revoke one of them first.");
    public static readonly DomainError BeyondYourReach =
        new("api_client.beyond_your_reach", "A client can only be given scopes and organizations that you have yourself.");
}
