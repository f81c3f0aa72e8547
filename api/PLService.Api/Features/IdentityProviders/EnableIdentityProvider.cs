using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>Accepts the tokens of a disabled provider again, once it was looked at and found in order. People are linked to what they were.</summary>
internal static class EnableIdentityProvider
{
    public static void Map(RouteGroupBuilder providers) =>
        providers.MapPost("/{id:guid}/enable", Handle)
            .UseCase(nameof(EnableIdentityProvider), "Enable an identity provider")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses([IdentityProviderErrors.NotDisabled, .. Checking.Faults])
            .Example(response: IdentityProviderResponse.Sample with { Version = 3 });

    private static async Task<Results<Ok<IdentityProviderResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, ProviderCheck check, TrustedIssuers issuers, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, HttpResponse response,
        CancellationToken ct)
    {
        if (await db.IdentityProviders.SingleOrDefaultAsync(provider => provider.Id == id, ct) is not { } provider)
            return Problems.NotFound("identity_provider");
        if (ifMatch.Refuses(provider.Version) is { } stale)
            return stale;
        if (provider.Enable() is { } refused)
            return refused.ToConflict();
        if (await check.RunAsync(provider.Issuer, provider.ToSettings(), ct) is not { } finding)
            return Checking.Busy(response);
        if (finding.Fault is { } fault)
            return fault.ToConflict();

        provider.Passed(clock.GetUtcNow(), finding.Offers);
        audit.Record("identityProvider.enabled", id, null);
        await db.SaveChangesAsync(ct);
        issuers.ForgetWhenDone(response);
        return TypedResults.Ok(IdentityProviderResponse.Of(provider));
    }
}
