using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>
/// Accepts no further token of a provider, those that are out already included: at once where this is answered, within 5 seconds everywhere
/// else. No If-Match: in an emergency nobody should have to read first.
/// </summary>
internal static class DisableIdentityProvider
{
    public static void Map(RouteGroupBuilder providers) =>
        providers.MapPost("/{id:guid}/disable", Handle)
            .UseCase(nameof(DisableIdentityProvider), "Disable an identity provider")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Refuses(IdentityProviderErrors.AlreadyDisabled)
            .Example(response: IdentityProviderResponse.Sample with { Status = IdentityProviderStatus.Disabled, Version = 2 });

    private static async Task<Results<Ok<IdentityProviderResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, TrustedIssuers issuers, PLServiceDbContext db, AuditTrail audit, HttpResponse response, CancellationToken ct)
    {
        if (await db.IdentityProviders.SingleOrDefaultAsync(provider => provider.Id == id, ct) is not { } provider)
            return Problems.NotFound("identity_provider");
        if (provider.Disable() is { } refused)
            return refused.ToConflict();

        audit.Record("identityProvider.disabled", id, null);
        await db.SaveChangesAsync(ct);
        issuers.ForgetWhenDone(response);
        return TypedResults.Ok(IdentityProviderResponse.Of(provider));
    }
}
