using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Operations;

/// <summary>Where everything is: a client needs the base address and reads the rest here.</summary>
internal static class GetDiscovery
{
    /// <param name="Service">The service's name.</param>
    /// <param name="Version">The version of the contract.</param>
    /// <param name="Links">Name of a collection or document to its address.</param>
    /// <param name="Scopes">What a client may be allowed to do.</param>
    public sealed record Response(string Service, string Version, IReadOnlyDictionary<string, string> Links, IReadOnlyDictionary<string, string> Scopes);

    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/", Handle)
            .AllowAnonymous()
            .UseCase(nameof(GetDiscovery), "Start here: where everything is")
            .Example(response: new Response("PLService", "1.0.0", new Dictionary<string, string> { ["organizations"] = "https://pl.example.org/v1/organizations" },
                new Dictionary<string, string> { [Scopes.OrganizationsRead] = Scopes.All[Scopes.OrganizationsRead] }));

    private static Ok<Response> Handle(AccessOptions access, EndpointDataSource endpoints)
    {
        var home = access.Issuer.TrimEnd('/');
        var links = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["openapi"] = $"{home}/openapi/v1.json",
            ["docs"] = $"{home}/docs",
            ["token"] = $"{home}/oauth/token",
            ["jwks"] = $"{home}/.well-known/jwks.json",
        };
        // Every address under /v1 without a parameter in it is a collection or a report that a client can start from.
        foreach (var route in endpoints.Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct())
        {
            if (route.StartsWith("v1/", StringComparison.Ordinal) && !route.Contains('{', StringComparison.Ordinal))
                links[route[3..].Replace('/', '.')] = $"{home}/{route}";
        }

        return TypedResults.Ok(new Response("PLService", "1.0.0", links, new SortedDictionary<string, string>(Scopes.All, StringComparer.Ordinal)));
    }
}
