using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Domain.Access;

namespace PLService.Api.Access.Providers;

/// <summary>A key that can verify signatures.</summary>
/// <param name="Id">Its <c>kid</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Algorithms">What it may be used for.</param>
internal sealed record ProviderKey(string Id, SecurityKey Key, string[] Algorithms);

/// <summary>The usable keys of a provider (JSON Web Key Set, RFC 7517): public, named, for signatures, and of a size that holds.</summary>
internal sealed class ProviderKeySet
{
    public const int MaxKeys = 50;

    private const int MinRsaBits = 2048;

    // Verifying takes longer with the square of it.
    private const int MaxRsaBits = 8192;

    private static readonly string[] RsaAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

    private readonly FrozenDictionary<string, ProviderKey[]> _byId;

    private ProviderKeySet(IEnumerable<ProviderKey> keys) =>
        _byId = keys.GroupBy(key => key.Id, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    public static ProviderKeySet Empty { get; } = new([]);

    public bool IsEmpty => _byId.Count == 0;

    /// <summary>The key of this name for this algorithm; null when there is none.</summary>
    public ProviderKey? Find(string id, string algorithm) =>
        _byId.TryGetValue(id, out var keys) ? Array.Find(keys, key => key.Algorithms.Contains(algorithm)) : null;

    public bool CanVerify(IEnumerable<string> algorithms) => _byId.Values.Any(keys => keys.Any(key => key.Algorithms.Intersect(algorithms).Any()));

    /// <exception cref="ProviderFaultException">It is not a key set, or too large a one. A key that cannot be used is left out without a word.</exception>
    public static ProviderKeySet Parse(byte[] bytes)
    {
        if (!Json.Read(bytes).TryGetProperty("keys", out var keys) || keys.ValueKind is not JsonValueKind.Array)
            throw new ProviderFaultException(IdentityProviderErrors.NotUnderstood.Found("It is not a JSON Web Key Set."));
        if (keys.GetArrayLength() > MaxKeys)
            throw new ProviderFaultException(IdentityProviderErrors.TooManyKeys.Found($"Found {keys.GetArrayLength()}."));
        return new(keys.EnumerateArray().Where(key => key.ValueKind is JsonValueKind.Object).Select(ReadKey).OfType<ProviderKey>());
    }

    private static ProviderKey? ReadKey(JsonElement jwk)
    {
        if (Json.Text(jwk, "kid") is not { Length: > 0 and <= 256 } id
            || (Json.Text(jwk, "use") ?? "sig") != "sig"
            || Json.Texts(jwk, "key_ops")?.Contains("verify") is false)
            return null;
        try
        {
            var (key, algorithms) = Json.Text(jwk, "kty") switch
            {
                "RSA" => ReadRsa(jwk),
                "EC" => ReadEc(jwk),
                _ => default,
            };
            if (key is null)
                return null;
            key.KeyId = id;
            var only = Json.Text(jwk, "alg");
            return new(id, key, only is null ? algorithms : [.. algorithms.Where(algorithm => algorithm == only)]);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static (SecurityKey? Key, string[] Algorithms) ReadRsa(JsonElement jwk)
    {
        var (modulus, exponent) = (Bytes(jwk, "n").AsSpan().TrimStart((byte)0).ToArray(), Bytes(jwk, "e"));
        if (modulus.Length * 8 is < MinRsaBits or > MaxRsaBits || exponent.Length is 0 or > 4)
            return default;
        return (new RsaSecurityKey(new RSAParameters { Modulus = modulus, Exponent = exponent }), RsaAlgorithms);
    }

    private static (SecurityKey? Key, string[] Algorithms) ReadEc(JsonElement jwk)
    {
        var (curve, algorithm) = Json.Text(jwk, "crv") switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, "ES256"),
            "P-384" => (ECCurve.NamedCurves.nistP384, "ES384"),
            "P-521" => (ECCurve.NamedCurves.nistP521, "ES512"),
            _ => default((ECCurve Curve, string? Algorithm)),
        };
        if (algorithm is null)
            return default;
        // The runtime refuses a point that is not on the curve.
        var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") } });
        return (new ECDsaSecurityKey(key), [algorithm]);
    }

    private static byte[] Bytes(JsonElement jwk, string name) => Base64UrlEncoder.DecodeBytes(Json.Text(jwk, name) ?? throw new FormatException($"There is no {name}."));
}
