using System.Text.RegularExpressions;
using FluentValidation;
using PLService.Api.Access.Providers;
using PLService.Api.Domain.Access;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>What is said of a provider.</summary>
public record ProviderRequest
{
    /// <summary>What people read on the button, 120 characters at most.</summary>
    public required string Name { get; init; }

    /// <summary>What has to be among the <c>aud</c> of its access tokens: what this service is registered as with the provider.</summary>
    public required string Audience { get; init; }

    /// <summary>How its tokens may be signed: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512. RS256 unless given.</summary>
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>
    /// The <c>typ</c> of its access tokens: <c>at+jwt</c> (RFC 9068, the default), or <c>JWT</c> for providers that write no other; id tokens are
    /// refused then by what they say.
    /// </summary>
    public IReadOnlyList<string>? TokenTypes { get; init; }

    /// <summary>The public client as which web pages sign people in (code + PKCE); none where they do not.</summary>
    public string? BrowserClientId { get; init; }

    /// <summary>The public client as which programs without a browser do (device code); none where they do not.</summary>
    public string? DeviceClientId { get; init; }

    /// <summary>What clients ask the provider for, at most 20: openid, profile, email, offline_access unless given.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Where its tokens hold what this service wants to know.</summary>
    public ProviderClaims? Claims { get; init; }

    /// <summary>True links whoever signs in for the first time to the one active person with the same address, if the provider verified it. False unless given.</summary>
    public bool? LinkByEmail { get; init; }

    /// <summary>The domains whose addresses the provider can vouch for, at most 50; without subdomains. Needed with linkByEmail.</summary>
    public IReadOnlyList<string>? EmailDomains { get; init; }

    /// <summary>True makes a person, without any role, of whoever signs in for the first time with such an address that nobody has. False unless given.</summary>
    public bool? CreatePeople { get; init; }

    internal static readonly ProviderRequest Sample = new()
    {
        Name = "Example State sign-in",
        Audience = "https://pl.example.org",
        BrowserClientId = "plservice-web",
        DeviceClientId = "plservice-cli",
        LinkByEmail = true,
        EmailDomains = ["cedar.example.org"],
    };

    internal IdentityProviderSettings ToSettings()
    {
        var claims = Claims ?? new ProviderClaims();
        return new(
            Name, Audience, [.. (Algorithms ?? ["RS256"]).Distinct()], [.. (TokenTypes ?? ["at+jwt"]).Distinct()], BrowserClientId, DeviceClientId,
            [.. (Scopes ?? ["openid", "profile", "email", "offline_access"]).Distinct()], claims.Email, claims.EmailVerified, claims.Name,
            LinkByEmail is true, [.. (EmailDomains ?? []).Select(domain => domain.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)], CreatePeople is true);
    }
}

/// <summary>Where a provider's access tokens hold what this service wants to know.</summary>
/// <param name="Email">The claim with the e-mail address.</param>
/// <param name="EmailVerified">The claim that is true where the provider verified it.</param>
/// <param name="Name">The claim with the person's name.</param>
public sealed record ProviderClaims(string Email = "email", string EmailVerified = "email_verified", string Name = "name");

internal sealed partial class ProviderRequestValidator : AbstractValidator<ProviderRequest>
{
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    private static readonly string[] TokenTypes = ["at+jwt", "JWT"];

    public ProviderRequestValidator()
    {
        RuleFor(request => request.Name).NotEmpty().MaximumLength(IdentityProvider.NameMaxLength);
        RuleFor(request => request.Audience).NotEmpty().MaximumLength(IdentityProvider.AudienceMaxLength);
        RuleFor(request => request.Algorithms).Must(given => given is null || IsSome(given, Algorithms))
            .WithErrorCode("value.unknown").WithMessage($"Give one or more of {string.Join(", ", Algorithms)}.");
        RuleFor(request => request.TokenTypes).Must(given => given is null || IsSome(given, TokenTypes))
            .WithErrorCode("value.unknown").WithMessage("Give at+jwt, JWT or both.");
        RuleFor(request => request.BrowserClientId).Length(1, IdentityProvider.ClientIdMaxLength);
        RuleFor(request => request.DeviceClientId).Length(1, IdentityProvider.ClientIdMaxLength);
        RuleFor(request => request.Scopes).Must(given => given is null || (given.Count <= IdentityProvider.MaxScopes && given.All(scope => scope is not null && Scope().IsMatch(scope))))
            .WithErrorCode("value.pattern").WithMessage($"At most {IdentityProvider.MaxScopes} scopes of at most {IdentityProvider.ScopeMaxLength} characters, without spaces.");
        RuleFor(request => request.Claims!).ChildRules(claims =>
        {
            claims.RuleFor(c => c.Email).NotEmpty().MaximumLength(IdentityProvider.ClaimMaxLength);
            claims.RuleFor(c => c.EmailVerified).NotEmpty().MaximumLength(IdentityProvider.ClaimMaxLength);
            claims.RuleFor(c => c.Name).NotEmpty().MaximumLength(IdentityProvider.ClaimMaxLength);
        }).When(request => request.Claims is not null);
        RuleFor(request => request.EmailDomains).Must(given => given is null || (given.Count <= IdentityProvider.MaxDomains && given.All(domain => domain is not null && Domain().IsMatch(domain))))
            .WithErrorCode("value.pattern").WithMessage($"At most {IdentityProvider.MaxDomains} domains such as cedar.example.org.");
        RuleFor(request => request.EmailDomains).Must((request, given) => request.LinkByEmail is not true || given is { Count: > 0 })
            .WithErrorCode("identity_provider.domains_needed").WithMessage("Name the domains whose addresses may link people.");
        RuleFor(request => request.CreatePeople).Must((request, create) => create is not true || request.LinkByEmail is true)
            .WithErrorCode("identity_provider.create_needs_link").WithMessage("People are made by their address only: set linkByEmail too.");
    }

    private static bool IsSome(IReadOnlyList<string> given, string[] known) => given.Count > 0 && given.Count <= known.Length && given.All(known.Contains);

    // RFC 6749 section 3.3.
    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]{1,200}\z")]
    private static partial Regex Scope();

    [GeneratedRegex(@"^(?=.{3,253}\z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z")]
    private static partial Regex Domain();
}

internal static class IssuerRules
{
    /// <summary>An issuer as OpenID Connect has it: https, without query and fragment. Where it leads is looked at when it is fetched.</summary>
    public static void Issuer<T>(this IRuleBuilder<T, string> rule, ProviderHttp http) => rule
        .NotEmpty()
        .MaximumLength(IdentityProvider.AddressMaxLength)
        .Must(issuer => http.IsFetchable(issuer) && !issuer.Contains('?', StringComparison.Ordinal) && !issuer.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        .WithErrorCode("identity_provider.bad_issuer")
        .WithMessage("An issuer is an https address without query, fragment and user name, exactly as the provider's metadata write it.");
}
