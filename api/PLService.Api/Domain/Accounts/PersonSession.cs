namespace PLService.Api.Domain.Accounts;

/// <summary>What a session is held by.</summary>
public enum SessionClient
{
    /// <summary>A browser: its refresh token is in a cookie that scripts cannot read.</summary>
    Browser,

    /// <summary>A program that keeps its refresh token itself.</summary>
    Cli,
}

/// <summary>Why a session ended before its time.</summary>
public enum RevocationReason
{
    SignedOut,

    /// <summary>The person ended it from elsewhere.</summary>
    Revoked,
    RevokedByAdmin,

    /// <summary>The person signed out everywhere.</summary>
    Everywhere,
    PasswordChanged,
    PasswordReset,

    /// <summary>An old refresh token came back: somebody has a copy.</summary>
    TokenReused,
    AccountRemoved,
    Deactivated,

    /// <summary>There were too many, and it was the one that was used longest ago.</summary>
    Superseded,
}

/// <summary>
/// Where a person is signed in. Its refresh tokens are a chain of which each is made from the one before, so that whoever refreshes twice at
/// the same time gets the same one, and an older one can be told from an invented one.
/// </summary>
public sealed class PersonSession : ITenantOwned
{
    public const int DeviceMaxLength = 80;

    /// <summary>How many sessions a person can have at once; a further one ends the one that was used longest ago.</summary>
    public const int MaxPerPerson = 50;

    /// <summary>So long the token before the current one is still taken, for what was sent at the same time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>A session that is not remembered ends after so long without a refresh.</summary>
    public static readonly TimeSpan ShortIdle = TimeSpan.FromHours(12);

    /// <summary>A session that is remembered ends after so long without a refresh.</summary>
    public static readonly TimeSpan LongIdle = TimeSpan.FromDays(30);

    /// <summary>No session outlives this, however often it is refreshed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private PersonSession()
    {
    }

    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public SessionClient Client { get; private init; }

    /// <summary>Browser and system in words.</summary>
    public string Device { get; private init; } = "";

    /// <summary>Whether it outlives the browser.</summary>
    public bool Remembered { get; private init; }

    /// <summary>What the next refresh token is made with.</summary>
    public byte[] RefreshKey { get; private init; } = [];

    /// <summary>What is kept of the current refresh token.</summary>
    public byte[] RefreshHash { get; private set; } = [];

    /// <summary>How many refresh tokens came before the current one.</summary>
    public int RefreshNumber { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset LastUsedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public RevocationReason? RevokedReason { get; private set; }

    public static PersonSession Open(Guid personId, SessionClient client, string device, bool remembered, byte[] refreshKey, byte[] refreshHash, DateTimeOffset now) => new()
    {
        PersonId = personId,
        Client = client,
        Device = device,
        Remembered = remembered,
        RefreshKey = refreshKey,
        RefreshHash = refreshHash,
        CreatedAt = now,
        LastUsedAt = now,
        ExpiresAt = now + (remembered ? LongIdle : ShortIdle),
    };

    /// <summary>Whether it is still good.</summary>
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>Whether the token of this number is the one before the current one, and not long ago.</summary>
    public bool IsInGrace(int number, DateTimeOffset now) => number == RefreshNumber - 1 && now - LastUsedAt <= Grace;

    /// <summary>The next token takes the place of the current one.</summary>
    public void Refresh(byte[] nextHash, DateTimeOffset now)
    {
        var (idleEnd, end) = (now + (Remembered ? LongIdle : ShortIdle), CreatedAt + Longest);
        (RefreshHash, RefreshNumber, LastUsedAt, ExpiresAt) = (nextHash, RefreshNumber + 1, now, idleEnd < end ? idleEnd : end);
    }

    /// <summary>Ends it; what has ended stays as it is.</summary>
    public void Revoke(RevocationReason reason, DateTimeOffset now)
    {
        if (RevokedAt is null)
            (RevokedAt, RevokedReason) = (now, reason);
    }
}
