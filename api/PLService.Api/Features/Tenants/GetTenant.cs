using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Tenants;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Tenants;

/// <summary>The tenant that the token belongs to, with its settings.</summary>
internal static class GetTenant
{
    /// <param name="Id">The tenant's id.</param>
    /// <param name="Slug">Its short name, fixed.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="MinimumGroupSize">Groups with fewer respondents are withheld in every aggregate; 1 withholds nothing.</param>
    /// <param name="LocalAccounts">Whether people may sign in to the service itself, beside or without an identity provider.</param>
    /// <param name="AccessRequests">Whether somebody whom one of the tenant's identity providers knows, and nobody here, may ask for a role.</param>
    /// <param name="Version">+1 per change; the ETag.</param>
    public sealed record Response(Guid Id, string Slug, string Name, int MinimumGroupSize, bool LocalAccounts, bool AccessRequests, long Version) : IVersioned
    {
        public static Response Of(Tenant tenant) => new(tenant.Id, tenant.Slug, tenant.Name, tenant.MinimumGroupSize, tenant.LocalAccounts, tenant.AccessRequests, tenant.Version);

        public static readonly Response Sample = new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000001"), "example-state", "Example State", 5, true, true, 1);
    }

    public static void Map(RouteGroupBuilder tenant) =>
        tenant.MapGet("/", Handle)
            .UseCase(nameof(GetTenant), "Read the tenant and its settings")
            .RequireScope(Scopes.TenantRead)
            .Example(response: Response.Sample);

    private static async Task<Ok<Response>> Handle(PLServiceDbContext db, CancellationToken ct) =>
        TypedResults.Ok(Response.Of(await db.Tenants.AsNoTracking().SingleAsync(ct)));
}
