namespace PLService.Api.Domain.Access;

public static class IdentityProviderErrors
{
    public static readonly DomainError AlreadyDisabled = new("identity_provider.already_disabled", "The provider is disabled already.");
    public static readonly DomainError NotDisabled = new("identity_provider.not_disabled", "Only a disabled provider can be enabled.");
    public static readonly DomainError Taken = new("identity_provider.taken", "The tenant has a provider with this issuer and this audience already.");
    public static readonly DomainError TooMany =
        new("identity_provider.too_many", $"A tenant has at most {IdentityProvider.MaxPerTenant} identity providers; delete one that is not used.");
    public static readonly DomainError HasLogins =
        new("identity_provider.has_logins", "People sign in through the provider; disable it instead, which keeps what they are linked to.");

    public static readonly DomainError OwnIssuer = new("identity_provider.own_issuer", "The issuer is this service itself.");
    public static readonly DomainError AddressRefused =
        new("identity_provider.address_refused", "An address of the provider is not https, or does not lie in the public internet.");
    public static readonly DomainError Unreachable = new("identity_provider.unreachable", "The provider cannot be reached.");
    public static readonly DomainError BadCertificate = new("identity_provider.bad_certificate", "The provider's TLS certificate is not valid for its name.");
    public static readonly DomainError TooSlow = new("identity_provider.too_slow", "The provider takes longer than 5 seconds to answer.");
    public static readonly DomainError Redirects = new("identity_provider.redirects", "The provider answers with a redirect, which is not followed.");
    public static readonly DomainError NoDocument = new("identity_provider.no_document", "The provider does not answer with 200.");
    public static readonly DomainError TooLarge = new("identity_provider.too_large", "The provider's document is larger than 256 KiB.");
    public static readonly DomainError NotUnderstood = new("identity_provider.not_understood", "The provider's document is not the JSON that OpenID Connect asks for.");
    public static readonly DomainError IssuerDiffers = new("identity_provider.issuer_differs", "The provider's metadata name another issuer.");
    public static readonly DomainError TooManyKeys = new("identity_provider.too_many_keys", "The provider publishes more than 50 keys.");
    public static readonly DomainError NoUsableKey =
        new("identity_provider.no_usable_key", "The provider publishes no key with a kid that can verify one of the algorithms.");
    public static readonly DomainError NoCodeFlow =
        new("identity_provider.no_code_flow", "There is a client id for browsers, and the provider offers no authorization code.");
    public static readonly DomainError NoDeviceFlow =
        new("identity_provider.no_device_flow", "There is a client id for devices, and the provider has no device authorization endpoint.");

    /// <summary>What was found in this case.</summary>
    public static DomainError Found(this DomainError error, string detail) => error with { Message = $"{error.Message} {detail}" };
}

public static class PersonLoginErrors
{
    public static readonly DomainError LinkedToAnother =
        new("person_login.linked_to_another", "What you signed in with belongs to another person already; sign in as the one who is meant.");
}
