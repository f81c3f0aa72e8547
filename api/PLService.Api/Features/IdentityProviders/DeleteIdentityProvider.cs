using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>Removes a provider through which nobody signs in. One that people are linked to is disabled instead.</summary>
internal static class DeleteIdentityProvider
{
    public static void Map(RouteGroupBuilder providers) =>
        providers.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeleteIdentityProvider), "Delete an unused identity provider")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Refuses(IdentityProviderErrors.HasLogins);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, TrustedIssuers issuers, PLServiceDbContext db, AuditTrail audit, HttpResponse response, CancellationToken ct)
    {
        if (await db.IdentityProviders.SingleOrDefaultAsync(provider => provider.Id == id, ct) is not { } provider)
            return Problems.NotFound("identity_provider");
        if (ifMatch.Refuses(provider.Version) is { } stale)
            return stale;

        audit.Record("identityProvider.deleted", id, null, new { provider.Issuer, provider.Audience });
        db.Remove(provider);
        // The foreign key knows best whether somebody is linked to it, this very moment included.
        if (await db.TryRemoveAsync(IdentityProviderErrors.HasLogins, ct) is { } used)
            return used.ToConflict();
        issuers.ForgetWhenDone(response);
        return TypedResults.NoContent();
    }
}
