namespace PLService.Api.Domain.Access;

/// <summary>Whether tokens of an identity provider are accepted.</summary>
public enum IdentityProviderStatus
{
    Active,
    Disabled,
}

/// <summary>What a provider lets its clients do, as far as people's sign-in is concerned: words of the contract.</summary>
public static class IdentityProviderOffers
{
    /// <summary>A browser gets a code and exchanges it for tokens.</summary>
    public const string AuthorizationCode = "authorizationCode";

    /// <summary>It says that it checks PKCE with S256. Some that do check it do not say so.</summary>
    public const string PkceS256 = "pkceS256";

    /// <summary>A program without a browser shows a code (RFC 8628).</summary>
    public const string DeviceCode = "deviceCode";
}

/// <summary>An OpenID Connect provider whose access tokens the tenant accepts from its people.</summary>
public sealed class IdentityProvider : TenantEntity
{
    public const int NameMaxLength = 120;
    public const int AddressMaxLength = 300;
    public const int AudienceMaxLength = 300;
    public const int ClientIdMaxLength = 200;
    public const int ClaimMaxLength = 100;
    public const int ScopeMaxLength = 200;
    public const int MaxScopes = 20;
    public const int DomainMaxLength = 253;
    public const int MaxDomains = 50;

    /// <summary>How many providers a tenant may have, disabled ones counted.</summary>
    public const int MaxPerTenant = 50;

    private IdentityProvider()
    {
    }

    public string Name { get; private set; } = "";

    /// <summary>The <c>iss</c> of its tokens, fixed: subjects of another issuer would be other people under the same names.</summary>
    public string Issuer { get; private init; } = "";

    public string Audience { get; private set; } = "";
    public string[] Algorithms { get; private set; } = [];
    public string[] TokenTypes { get; private set; } = [];
    public string? BrowserClientId { get; private set; }
    public string? DeviceClientId { get; private set; }
    public string[] Scopes { get; private set; } = [];
    public string EmailClaim { get; private set; } = "";
    public string EmailVerifiedClaim { get; private set; } = "";
    public string NameClaim { get; private set; } = "";
    public bool LinkByEmail { get; private set; }
    public string[] EmailDomains { get; private set; } = [];
    public bool CreatePeople { get; private set; }
    public IdentityProviderStatus Status { get; private set; }

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset CheckedAt { get; private set; }

    /// <summary>What was wrong then; null when nothing was.</summary>
    public string? CheckCode { get; private set; }

    public string? CheckDetail { get; private set; }

    /// <summary>What it offered when it was last found in order.</summary>
    public string[] Offers { get; private set; } = [];

    public static IdentityProvider Create(string issuer, IdentityProviderSettings settings) => new IdentityProvider { Issuer = issuer }.With(settings);

    public void Change(IdentityProviderSettings settings) => With(settings);

    public IdentityProviderSettings ToSettings() => new(
        Name, Audience, Algorithms, TokenTypes, BrowserClientId, DeviceClientId, Scopes, EmailClaim, EmailVerifiedClaim, NameClaim, LinkByEmail, EmailDomains, CreatePeople);

    /// <summary>Nothing was wrong.</summary>
    public void Passed(DateTimeOffset now, string[] offers)
    {
        (CheckedAt, CheckCode, CheckDetail) = (now, null, null);
        Offers = Kept(Offers, offers);
    }

    /// <summary>Something was wrong; what it offered before is still the best that is known.</summary>
    public void Failed(DateTimeOffset now, DomainError fault) => (CheckedAt, CheckCode, CheckDetail) = (now, fault.Code, fault.Message);

    public DomainError? Disable()
    {
        if (Status is IdentityProviderStatus.Disabled)
            return IdentityProviderErrors.AlreadyDisabled;

        Status = IdentityProviderStatus.Disabled;
        return null;
    }

    public DomainError? Enable()
    {
        if (Status is IdentityProviderStatus.Active)
            return IdentityProviderErrors.NotDisabled;

        Status = IdentityProviderStatus.Active;
        return null;
    }

    private IdentityProvider With(IdentityProviderSettings settings)
    {
        (Name, Audience, BrowserClientId, DeviceClientId) = (settings.Name, settings.Audience, settings.BrowserClientId, settings.DeviceClientId);
        (EmailClaim, EmailVerifiedClaim, NameClaim) = (settings.EmailClaim, settings.EmailVerifiedClaim, settings.NameClaim);
        (LinkByEmail, CreatePeople) = (settings.LinkByEmail, settings.CreatePeople);
        // An array is another one to the change tracker even with the same members.
        Algorithms = Kept(Algorithms, settings.Algorithms);
        TokenTypes = Kept(TokenTypes, settings.TokenTypes);
        Scopes = Kept(Scopes, settings.Scopes);
        EmailDomains = Kept(EmailDomains, settings.EmailDomains);
        return this;
    }

    private static string[] Kept(string[] current, string[] wanted) => current.SequenceEqual(wanted) ? current : wanted;
}

/// <summary>What is said of a provider, all of it replaced at once.</summary>
public sealed record IdentityProviderSettings(
    string Name, string Audience, string[] Algorithms, string[] TokenTypes, string? BrowserClientId, string? DeviceClientId, string[] Scopes,
    string EmailClaim, string EmailVerifiedClaim, string NameClaim, bool LinkByEmail, string[] EmailDomains, bool CreatePeople);
