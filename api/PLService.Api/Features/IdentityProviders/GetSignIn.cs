using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.Tenants;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>
/// How people of a tenant sign in: what a web page or a program needs to ask the tenant's identity providers for an access token. Send it
/// as <c>Authorization: Bearer</c>, with the tenant's short name in the header <c>PLService-Tenant</c>. For everybody; it says nothing of anybody.
/// </summary>
internal static class GetSignIn
{
    public sealed class Request
    {
        /// <summary>The tenant's short name.</summary>
        public required string Tenant { get; init; }
    }

    /// <param name="Tenant">The tenant's short name.</param>
    /// <param name="Name">The tenant's name.</param>
    /// <param name="LocalAccounts">Whether people can also sign in with accounts that the service itself keeps, by <c>POST /v1/sign-in</c>.</param>
    /// <param name="Providers">The identity providers that the tenant trusts, by name.</param>
    public sealed record Response(string Tenant, string Name, bool LocalAccounts, IReadOnlyList<SignInProvider> Providers);

    /// <param name="Id">The service's id.</param>
    /// <param name="Name">What people read on the button.</param>
    /// <param name="Issuer">Where its metadata are: add <c>/.well-known/openid-configuration</c>.</param>
    /// <param name="Audience">What the access token has to be for: send it as <c>resource</c> (RFC 8707), or in the way that the provider wants.</param>
    /// <param name="Scopes">What to ask for.</param>
    /// <param name="BrowserClientId">The client id for code + PKCE; null where the tenant has none.</param>
    /// <param name="DeviceClientId">The client id for device code; null where the tenant has none.</param>
    public sealed record SignInProvider(
        Guid Id, string Name, string Issuer, string Audience, IReadOnlyList<string> Scopes, string? BrowserClientId, string? DeviceClientId);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Tenant).NotEmpty().MaximumLength(Tenant.SlugMaxLength);
    }

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/sign-in", Handle)
            .WithTags("Identity providers")
            .AllowAnonymous()
            .UseCase(nameof(GetSignIn), "Read how people of a tenant sign in")
            .Validate<Request>()
            .MayNotExist()
            .Example(response: new Response("example-state", "Example State", true,
            [
                new SignInProvider(
                    IdentityProviderResponse.Sample.Id, IdentityProviderResponse.Sample.Name, IdentityProviderResponse.Sample.Issuer, IdentityProviderResponse.Sample.Audience,
                    IdentityProviderResponse.Sample.Scopes, IdentityProviderResponse.Sample.BrowserClientId, IdentityProviderResponse.Sample.DeviceClientId),
            ]));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        [AsParameters] Request request, Door door, IServiceScopeFactory scopes, CancellationToken ct)
    {
        if (await door.TenantOfSlugAsync(request.Tenant, ct) is not { } tenantId)
            return Problems.NotFound("tenant");

        // Not the scope of the request: whoever sends a token along is somebody else there.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenantId));
        var db = scope.ServiceProvider.GetRequiredService<PLServiceDbContext>();
        return TypedResults.Ok(await db.Tenants
            .Select(tenant => new Response(
                tenant.Slug,
                tenant.Name,
                tenant.LocalAccounts,
                db.IdentityProviders
                    .Where(provider => provider.Status == IdentityProviderStatus.Active)
                    .OrderBy(provider => provider.Name).ThenBy(provider => provider.Id)
                    .Select(provider => new SignInProvider(
                        provider.Id, provider.Name, provider.Issuer, provider.Audience, provider.Scopes, provider.BrowserClientId, provider.DeviceClientId)).ToList()))
            .SingleAsync(ct));
    }
}
