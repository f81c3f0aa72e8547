using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ApiClients;

/// <summary>Where tokens come from and what they can allow (OAuth 2 authorization server metadata, RFC 8414).</summary>
internal static class GetServerMetadata
{
    /// <param name="Issuer">Who issues the tokens: the <c>iss</c> in them.</param>
    /// <param name="TokenEndpoint">Where tokens come from.</param>
    /// <param name="JwksUri">Where the keys are with which tokens can be checked.</param>
    /// <param name="ScopesSupported">Every scope that there is.</param>
    /// <param name="GrantTypesSupported">Only <c>client_credentials</c>.</param>
    /// <param name="ResponseTypesSupported">None: there is no authorization endpoint.</param>
    /// <param name="TokenEndpointAuthMethodsSupported">HTTP Basic, or id and secret in the form.</param>
    public sealed record Response(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> ScopesSupported,
        [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypesSupported,
        [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypesSupported,
        [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethodsSupported);

    public static void Map(RouteGroupBuilder oauth) =>
        oauth.MapGet("/.well-known/oauth-authorization-server", Handle)
            .UseCase(nameof(GetServerMetadata), "OAuth metadata")
            .Example(response: Of("https://pl.example.org"));

    private static Ok<Response> Handle(AccessOptions access) => TypedResults.Ok(Of(access.Issuer.TrimEnd('/')));

    private static Response Of(string issuer) => new(
        issuer,
        $"{issuer}/oauth/token",
        $"{issuer}/.well-known/jwks.json",
        [.. Scopes.All.Keys.Order(StringComparer.Ordinal)],
        ["client_credentials"],
        [],
        ["client_secret_basic", "client_secret_post"]);
}
