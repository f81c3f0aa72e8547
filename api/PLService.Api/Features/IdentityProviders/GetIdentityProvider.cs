using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>One identity provider with what it was found to be when it was last looked at.</summary>
internal static class GetIdentityProvider
{
    public static void Map(RouteGroupBuilder providers) =>
        providers.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetIdentityProvider), "Read an identity provider")
            .RequireScope(Scopes.TenantRead)
            .RequireWholeTenant()
            .Example(response: IdentityProviderResponse.Sample);

    private static async Task<Results<Ok<IdentityProviderResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, CancellationToken ct) =>
        await db.IdentityProviders.Where(provider => provider.Id == id).Select(IdentityProviderResponse.From).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("identity_provider");
}
