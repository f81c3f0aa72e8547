using System.Globalization;
using System.Linq.Expressions;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>An OpenID Connect provider whose access tokens the tenant accepts from its people.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Name">What people read on the button.</param>
/// <param name="Issuer">The <c>iss</c> of its tokens; fixed.</param>
/// <param name="Audience">What has to be among the <c>aud</c> of its access tokens.</param>
/// <param name="Algorithms">How its tokens may be signed.</param>
/// <param name="TokenTypes">The <c>typ</c> of its access tokens.</param>
/// <param name="BrowserClientId">The public client as which web pages sign people in.</param>
/// <param name="DeviceClientId">The public client as which programs without a browser do.</param>
/// <param name="Scopes">What clients ask the provider for.</param>
/// <param name="Claims">Where its tokens hold what this service wants to know.</param>
/// <param name="LinkByEmail">Whether a verified address links whoever signs in for the first time to a person.</param>
/// <param name="EmailDomains">The domains whose addresses do.</param>
/// <param name="CreatePeople">Whether such an address that nobody has makes a person, without any role.</param>
/// <param name="Status">Whether its tokens are accepted.</param>
/// <param name="LastCheck">What it was found to be when it was last looked at.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record IdentityProviderResponse(
    Guid Id,
    string Name,
    string Issuer,
    string Audience,
    IReadOnlyList<string> Algorithms,
    IReadOnlyList<string> TokenTypes,
    string? BrowserClientId,
    string? DeviceClientId,
    IReadOnlyList<string> Scopes,
    ProviderClaims Claims,
    bool LinkByEmail,
    IReadOnlyList<string> EmailDomains,
    bool CreatePeople,
    IdentityProviderStatus Status,
    ProviderCheckResult LastCheck,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = DateTimeOffset.Parse("2026-09-01T15:00:00Z", CultureInfo.InvariantCulture);

    internal static readonly IdentityProviderResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000060"), "Example State sign-in", "https://login.example.org", "https://pl.example.org", ["RS256"], ["at+jwt"],
        "plservice-web", "plservice-cli", ["openid", "profile", "email", "offline_access"], new ProviderClaims(), true, ["cedar.example.org"], false,
        IdentityProviderStatus.Active,
        new ProviderCheckResult(SampleTime, true, null, null, [IdentityProviderOffers.AuthorizationCode, IdentityProviderOffers.PkceS256, IdentityProviderOffers.DeviceCode]),
        SampleTime, SampleTime, 1);

    /// <summary>The projection that every answer uses.</summary>
    internal static readonly Expression<Func<IdentityProvider, IdentityProviderResponse>> From = provider => new IdentityProviderResponse(
        provider.Id, provider.Name, provider.Issuer, provider.Audience, provider.Algorithms, provider.TokenTypes, provider.BrowserClientId, provider.DeviceClientId,
        provider.Scopes, new ProviderClaims(provider.EmailClaim, provider.EmailVerifiedClaim, provider.NameClaim), provider.LinkByEmail, provider.EmailDomains,
        provider.CreatePeople, provider.Status,
        new ProviderCheckResult(provider.CheckedAt, provider.CheckCode == null, provider.CheckCode, provider.CheckDetail, provider.Offers),
        provider.CreatedAt, provider.UpdatedAt, provider.Version);

    private static readonly Func<IdentityProvider, IdentityProviderResponse> Compiled = From.Compile();

    internal static IdentityProviderResponse Of(IdentityProvider provider) => Compiled(provider);
}

/// <summary>What a provider was found to be.</summary>
/// <param name="At">When.</param>
/// <param name="Passed">Whether nothing was wrong.</param>
/// <param name="Code">What was wrong: one of the codes with which saving it would have been refused.</param>
/// <param name="Detail">What was found and what would be right.</param>
/// <param name="Offers">What it offered when it was last found in order: <c>authorizationCode</c>, <c>pkceS256</c> (where it says so), <c>deviceCode</c>.</param>
public sealed record ProviderCheckResult(DateTimeOffset At, bool Passed, string? Code, string? Detail, IReadOnlyList<string> Offers);
