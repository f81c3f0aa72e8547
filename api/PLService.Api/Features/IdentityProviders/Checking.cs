using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access.Providers;
using PLService.Api.Domain;
using PLService.Api.Domain.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>What the operations share that look at a provider.</summary>
internal static class Checking
{
    /// <summary>Every way in which a provider can be found wrong.</summary>
    public static readonly DomainError[] Faults =
    [
        IdentityProviderErrors.OwnIssuer, IdentityProviderErrors.AddressRefused, IdentityProviderErrors.Unreachable, IdentityProviderErrors.BadCertificate,
        IdentityProviderErrors.TooSlow, IdentityProviderErrors.Redirects, IdentityProviderErrors.NoDocument, IdentityProviderErrors.TooLarge,
        IdentityProviderErrors.NotUnderstood, IdentityProviderErrors.IssuerDiffers, IdentityProviderErrors.TooManyKeys, IdentityProviderErrors.NoUsableKey,
        IdentityProviderErrors.NoCodeFlow, IdentityProviderErrors.NoDeviceFlow,
    ];

    /// <summary>Too many providers are being looked at.</summary>
    public static JsonHttpResult<ApiProblem> Busy(HttpResponse response)
    {
        response.Headers.RetryAfter = "2";
        return Problems.Result(503, "identity_provider.check_busy", "As many providers as the service looks at at once are being checked; retry after the time in Retry-After.");
    }

    /// <summary>Once the change is committed this process goes by it; the answer leaves after that.</summary>
    public static void ForgetWhenDone(this TrustedIssuers issuers, HttpResponse response) => response.OnStarting(() =>
    {
        issuers.Forget();
        return Task.CompletedTask;
    });
}
