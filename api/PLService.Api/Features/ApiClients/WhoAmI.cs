using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>What the token that you send stands for: tenant, client, scopes and the organizations that it reaches. Any token of an API client will do; people ask <c>GET /v1/me</c>.</summary>
internal static class WhoAmI
{
    /// <param name="TenantId">The tenant.</param>
    /// <param name="TenantSlug">Its short name.</param>
    /// <param name="TenantName">Its name.</param>
    /// <param name="ClientId">The API client, as it signs in.</param>
    /// <param name="ClientName">What people call the client.</param>
    /// <param name="Scopes">What this token may do, which can be less than the client may.</param>
    /// <param name="OrganizationId">The root of what the token reaches; null is the whole tenant.</param>
    /// <param name="OrganizationName">That organization's name.</param>
    public sealed record Response(
        Guid TenantId,
        string TenantSlug,
        string TenantName,
        string ClientId,
        string ClientName,
        IReadOnlyList<string> Scopes,
        Guid? OrganizationId,
        string? OrganizationName);

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/whoami", Handle)
            .WithTags("API clients")
            .RequireClient()
            .UseCase(nameof(WhoAmI), "Read what your token stands for")
            .Example(response: new Response(
                Guid.Parse("01a2b3c4-0000-7000-8000-000000000001"), "example-state", "Example State", ApiClientResponse.Sample.ClientId, ApiClientResponse.Sample.Name,
                ApiClientResponse.Sample.Scopes, ApiClientResponse.Sample.OrganizationId, "Cedar Valley School District"));

    private static async Task<Ok<Response>> Handle(PLServiceDbContext db, Caller caller, CancellationToken ct)
    {
        var clientId = caller.ApiClientId!.Value;
        return TypedResults.Ok(await db.Tenants
            .Select(tenant => new Response(
                tenant.Id,
                tenant.Slug,
                tenant.Name,
                ClientCredentials.WriteId(tenant.Id, clientId),
                db.ApiClients.Where(client => client.Id == clientId).Select(client => client.Name).First(),
                caller.Scopes.Order(StringComparer.Ordinal).ToList(),
                caller.OnlyRoot,
                db.Organizations.Where(o => o.Id == caller.OnlyRoot).Select(o => o.Name).FirstOrDefault()))
            .SingleAsync(ct));
    }
}
