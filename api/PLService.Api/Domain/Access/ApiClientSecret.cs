namespace PLService.Api.Domain.Access;

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
    public DateTimeOffset? RevokedAt { get; private set; }

    public DomainError? Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return ApiClientErrors.SecretAlreadyRevoked;

        RevokedAt = now;
        return null;
    }
}
