using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>
/// What your identity provider says of you, whether or not a person here is linked to it: for a page that has to tell "you are signed in as
/// this, and nobody here yet" from "you are in". With a person, <c>GET /v1/me</c> says what you may do.
/// </summary>
internal static class GetLogin
{
    /// <param name="TenantId">The tenant that trusts the provider.</param>
    /// <param name="TenantSlug">Its short name.</param>
    /// <param name="ProviderId">The identity provider.</param>
    /// <param name="ProviderName">What people call it.</param>
    /// <param name="Subject">Who you are to it.</param>
    /// <param name="Email">Your address, as it says; null when the token has none.</param>
    /// <param name="EmailVerified">Whether it says that the address is yours.</param>
    /// <param name="Name">Your name, as it says.</param>
    /// <param name="PersonId">The person whom you are linked to; null when there is none.</param>
    public sealed record Response(
        Guid TenantId, string TenantSlug, Guid ProviderId, string ProviderName, string Subject, string? Email, bool EmailVerified, string? Name, Guid? PersonId);

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/login", Handle)
            .WithTags("Identity providers")
            .UseCase(nameof(GetLogin), "Read what your identity provider says of you")
            .RequireLogin()
            .Example(response: new Response(
                Guid.Parse("01a2b3c4-0000-7000-8000-000000000001"), "example-state", IdentityProviderResponse.Sample.Id, IdentityProviderResponse.Sample.Name,
                "8f2c1a", "ada.moreno@cedar.example.org", true, "Ada Moreno", null));

    private static async Task<Ok<Response>> Handle(ProviderLogin login, PLServiceDbContext db, Caller caller, CancellationToken ct) =>
        TypedResults.Ok(await db.IdentityProviders.Where(provider => provider.Id == login.ProviderId)
            .Select(provider => new Response(
                provider.TenantId, db.Tenants.Select(tenant => tenant.Slug).First(), provider.Id, provider.Name, login.Subject, login.Email, login.EmailVerified, login.Name,
                caller.PersonId))
            .SingleAsync(ct));
}
