namespace PLService.Api.Domain.Accounts;

/// <summary>What a ticket is for.</summary>
public enum TicketKind
{
    /// <summary>The link to choose the first password.</summary>
    FirstPassword,

    /// <summary>The link to choose another password.</summary>
    PasswordReset,

    /// <summary>The link that proves that a new address is read.</summary>
    EmailChange,

    /// <summary>The password was right; a code is still to come.</summary>
    SecondFactor,

    /// <summary>What an authenticator was asked to sign in with.</summary>
    PasskeySignIn,

    /// <summary>What an authenticator was asked to register.</summary>
    PasskeyRegistration,
}

/// <summary>Something that may be used once and for a while. Whoever has its written form may use it; of that only a hash is kept.</summary>
public sealed class AccountTicket : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public TicketKind Kind { get; init; }

    /// <summary>Null while nobody is known.</summary>
    public Guid? PersonId { get; init; }

    public byte[] Hash { get; init; } = [];

    /// <summary>What it is about.</summary>
    public string? Data { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How long a ticket of a kind is good.</summary>
    public static TimeSpan LifetimeOf(TicketKind kind) => kind switch
    {
        TicketKind.FirstPassword => TimeSpan.FromDays(7),
        TicketKind.PasswordReset => TimeSpan.FromHours(1),
        TicketKind.EmailChange => TimeSpan.FromHours(24),
        _ => TimeSpan.FromMinutes(5),
    };
}
