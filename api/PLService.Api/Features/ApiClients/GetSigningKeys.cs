using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.ApiClients;

/// <summary>The public keys with which access tokens can be checked (JSON Web Key Set, RFC 7517).</summary>
internal static class GetSigningKeys
{
    /// <param name="Keys">Every key whose signatures are valid at the moment.</param>
    public sealed record Response(IReadOnlyList<PublicKey> Keys);

    /// <param name="Kty">Always <c>RSA</c>.</param>
    /// <param name="Use">Always <c>sig</c>.</param>
    /// <param name="Alg">Always <c>RS256</c>.</param>
    /// <param name="Kid">The key's thumbprint, as tokens name it.</param>
    /// <param name="N">Modulus, base64url.</param>
    /// <param name="E">Exponent, base64url.</param>
    public sealed record PublicKey(string Kty, string Use, string Alg, string Kid, string N, string E);

    public static void Map(RouteGroupBuilder oauth) =>
        oauth.MapGet("/.well-known/jwks.json", Handle)
            .UseCase(nameof(GetSigningKeys), "Public keys of the access tokens")
            .Example(response: new Response([new PublicKey("RSA", "sig", "RS256", "kB4...", "0vx7...", "AQAB")]));

    private static Ok<Response> Handle(SigningKeys keys) =>
        TypedResults.Ok(new Response([.. keys.PublicKeys.Select(key => new PublicKey(key.Kty, key.Use, key.Alg, key.KeyId, key.N, key.E))]));
}
