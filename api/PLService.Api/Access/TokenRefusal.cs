namespace PLService.Api.Access;

/// <summary>Why a token does not help, where there is more to say than that it is not valid: a feature of the request, for whoever writes the answer.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Code">The problem's code.</param>
/// <param name="Detail">For people.</param>
internal sealed record TokenRefusal(int Status, string Code, string Detail)
{
    /// <summary>Several tenants trust the issuer for this audience, and the request does not say which one is meant.</summary>
    public static readonly TokenRefusal TenantNeeded = new(
        StatusCodes.Status401Unauthorized, "auth.tenant_needed", $"Several tenants accept this token; say which one you mean in the header {TenantHeader}: its short name.");

    /// <summary>The provider's keys are needed, and cannot be had.</summary>
    public static readonly TokenRefusal ProviderAway = new(
        StatusCodes.Status503ServiceUnavailable, "auth.provider_unavailable", "The token's identity provider cannot be reached to fetch its keys; retry after the time in Retry-After.");

    /// <summary>The token is good, and nobody here is meant by it.</summary>
    public static readonly TokenRefusal NotLinked = new(
        StatusCodes.Status403Forbidden, "auth.not_linked", "You are signed in with your identity provider, and no person here is linked to that. Accept an invitation, or ask for access.");

    /// <summary>Where a caller says which tenant is meant.</summary>
    public const string TenantHeader = "PLService-Tenant";

    /// <summary>Seconds to wait for a provider.</summary>
    public const int RetryAfterSeconds = 10;
}
