namespace PLService.Api.Domain.Accounts;

/// <summary>
/// How a person signs in to the service itself: a password, and what may stand beside it. Whoever signs in names the person's address, so an
/// account has no user name of its own.
/// </summary>
public sealed class Account : ITenantOwned
{
    /// <summary>So many attempts may be wrong in a row.</summary>
    public const int MaxFailedAttempts = 10;

    /// <summary>After too many wrong attempts nobody gets in for so long.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    private Account()
    {
    }

    public Guid TenantId { get; private init; }
    public Guid PersonId { get; private init; }

    /// <summary>Null until a first password is chosen.</summary>
    public string? PasswordHash { get; private set; }

    public DateTimeOffset? PasswordChangedAt { get; private set; }
    public int FailedAttempts { get; private set; }
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>The secret that is shared with an authenticator app, protected; from its set-up on, which may be unconfirmed.</summary>
    public string? AuthenticatorKey { get; private set; }

    /// <summary>When the app proved that it has the secret: from then on a sign-in by password needs a second factor.</summary>
    public DateTimeOffset? AuthenticatorConfirmedAt { get; private set; }

    /// <summary>The time step of the last code that was taken.</summary>
    public long AuthenticatorStep { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Whether a sign-in by password needs a second factor.</summary>
    public bool NeedsSecondFactor => AuthenticatorConfirmedAt is not null;

    public static Account Create(Guid personId, DateTimeOffset now) => new() { PersonId = personId, CreatedAt = now };

    /// <summary>Also unlocks: whoever may choose a password is not the one who guessed.</summary>
    public void SetPassword(string hash, DateTimeOffset now)
    {
        (PasswordHash, PasswordChangedAt) = (hash, now);
        Succeed();
    }

    /// <summary>Somebody proved to be the person.</summary>
    public void Succeed() => (FailedAttempts, LockedUntil) = (0, null);

    public DomainError? SetUpAuthenticator(string protectedKey)
    {
        if (NeedsSecondFactor)
            return AccountErrors.AuthenticatorAlreadyOn;

        (AuthenticatorKey, AuthenticatorStep) = (protectedKey, 0);
        return null;
    }

    /// <summary>The code of this time step was right.</summary>
    public void ConfirmAuthenticator(long step, DateTimeOffset now) => (AuthenticatorConfirmedAt, AuthenticatorStep) = (now, step);

    /// <summary>The code of this time step was right, and is not taken a second time.</summary>
    public void Spend(long step) => AuthenticatorStep = step;

    public DomainError? RemoveAuthenticator()
    {
        if (AuthenticatorKey is null)
            return AccountErrors.NoAuthenticator;

        (AuthenticatorKey, AuthenticatorConfirmedAt, AuthenticatorStep) = (null, null, 0);
        return null;
    }
}
