using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>
/// Looks at a provider now and writes down what was found, which changes nothing else: a provider with a fault stays trusted, and one that was
/// disabled stays so. Its keys are fetched anew, for those who cannot wait after the provider changed them.
/// </summary>
internal static class CheckIdentityProvider
{
    public static void Map(RouteGroupBuilder providers) =>
        providers.MapPost("/{id:guid}/check", Handle)
            .UseCase(nameof(CheckIdentityProvider), "Check an identity provider")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Example(response: IdentityProviderResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<IdentityProviderResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, ProviderCheck check, TrustedIssuers issuers, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await db.IdentityProviders.SingleOrDefaultAsync(provider => provider.Id == id, ct) is not { } provider)
            return Problems.NotFound("identity_provider");
        if (await check.RunAsync(provider.Issuer, provider.ToSettings(), ct) is not { } finding)
            return Checking.Busy(response);

        if (finding.Fault is { } fault)
            provider.Failed(clock.GetUtcNow(), fault);
        else
            provider.Passed(clock.GetUtcNow(), finding.Offers);
        audit.Record("identityProvider.checked", id, null, new { passed = finding.Fault is null, code = finding.Fault?.Code });
        await db.SaveChangesAsync(ct);
        issuers.ForgetWhenDone(response);
        return TypedResults.Ok(IdentityProviderResponse.Of(provider));
    }
}
