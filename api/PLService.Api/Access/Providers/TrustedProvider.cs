namespace PLService.Api.Access.Providers;

/// <summary>A provider that some tenant trusts, with the rules by which its tokens are checked.</summary>
/// <param name="TenantId">Who trusts it.</param>
/// <param name="TenantSlug">The tenant's short name, by which callers choose where an issuer and an audience belong to several.</param>
/// <param name="ProviderId">The provider.</param>
/// <param name="Version">Grows with each change of the provider.</param>
/// <param name="Issuer">The <c>iss</c> of its tokens.</param>
/// <param name="Audience">What has to be among the <c>aud</c> of its tokens.</param>
/// <param name="Algorithms">How they may be signed.</param>
/// <param name="TokenTypes">What their <c>typ</c> may be.</param>
/// <param name="EmailClaim">Which claim holds the e-mail address.</param>
/// <param name="EmailVerifiedClaim">Which claim says that the provider verified it.</param>
/// <param name="NameClaim">Which claim holds the person's name.</param>
internal sealed record TrustedProvider(
    Guid TenantId, string TenantSlug, Guid ProviderId, long Version, string Issuer, string Audience, string[] Algorithms, string[] TokenTypes,
    string EmailClaim, string EmailVerifiedClaim, string NameClaim);
