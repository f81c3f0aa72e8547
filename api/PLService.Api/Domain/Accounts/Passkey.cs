namespace PLService.Api.Domain.Accounts;

/// <summary>The public half of a key that an authenticator holds (WebAuthn).</summary>
public sealed class Passkey : ITenantOwned
{
    public const int NameMaxLength = 80;
    public const int MaxPerPerson = 20;

    public Guid TenantId { get; private init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }

    /// <summary>What the person calls it.</summary>
    public string Name { get; init; } = "";

    public byte[] CredentialId { get; init; } = [];
    public byte[] PublicKey { get; init; } = [];
    public long SignCount { get; private set; }
    public string[] Transports { get; init; } = [];
    public bool IsUserVerified { get; init; }
    public bool IsBackupEligible { get; init; }
    public bool IsBackedUp { get; private set; }
    public byte[] AttestationObject { get; init; } = [];
    public byte[] ClientData { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>What the authenticator says of itself, with each use.</summary>
    public Passkey Report(long signCount, bool isBackedUp, DateTimeOffset? usedAt = null)
    {
        (SignCount, IsBackedUp, LastUsedAt) = (signCount, isBackedUp, usedAt ?? LastUsedAt);
        return this;
    }
}

/// <summary>One of the codes that stand in for an authenticator app that is lost.</summary>
public sealed class RecoveryCode : ITenantOwned
{
    /// <summary>How many there are at once.</summary>
    public const int Count = 10;

    public Guid TenantId { get; private init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public byte[] Hash { get; init; } = [];
    public DateTimeOffset? UsedAt { get; private set; }

    public void Use(DateTimeOffset now) => UsedAt = now;
}
