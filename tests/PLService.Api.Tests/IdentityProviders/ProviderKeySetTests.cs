using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Access.Providers;

namespace PLService.Api.Tests.IdentityProviders;

/// <summary>Of a published key set only what can verify a signature, and safely, is ever used.</summary>
public sealed class ProviderKeySetTests
{
    private static readonly JsonObject Good = Rsa(2048);

    /// <summary>What is wrong with a key, and the key.</summary>
    public static TheoryData<string> Faults => [.. Unusable.Keys];

    private static Dictionary<string, Func<JsonObject>> Unusable => new()
    {
        ["no kid"] = () => With("kid", null),
        ["an empty kid"] = () => With("kid", ""),
        ["a kid of 300 characters"] = () => With("kid", new string('k', 300)),
        ["for encryption"] = () => With("use", "enc"),
        ["for signing alone"] = () => With("key_ops", new JsonArray("sign")),
        ["RSA of 1024 bits"] = () => Rsa(1024),
        ["RSA of 16384 bits"] = () => With("n", Base64UrlEncoder.Encode([1, .. new byte[2047]])),
        ["RSA with an exponent of 5 bytes"] = () => With("e", Base64UrlEncoder.Encode([1, 2, 3, 4, 5])),
        ["RSA without a modulus"] = () => With("n", null),
        ["a modulus that is no base64"] = () => With("n", "!!!"),
        ["a secret"] = () => new JsonObject { ["kty"] = "oct", ["kid"] = "k", ["k"] = "c2VjcmV0" },
        ["another kind"] = () => new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["kid"] = "k", ["x"] = "AAAA" },
        ["an algorithm for encryption"] = () => With("alg", "RSA-OAEP"),
        ["a point that is on no curve"] = () => Ec(ec => ec["x"] = Base64UrlEncoder.Encode(new byte[32])),
        ["another curve"] = () => Ec(ec => ec["crv"] = "secp256k1"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_key_that_cannot_be_used_is_left_out_and_the_others_stay(string fault)
    {
        var set = Parse(Unusable[fault](), Good);

        Assert.False(Parse(Unusable[fault]()).CanVerify(["RS256", "PS256", "ES256"]));
        Assert.True(set.CanVerify(["RS256"]));
        Assert.NotNull(set.Find("key", "RS256"));
    }

    [Fact]
    public void A_key_is_for_the_algorithms_of_its_kind_or_for_the_one_that_it_names()
    {
        Assert.NotNull(Parse(Good).Find("key", "PS512"));
        Assert.Null(Parse(Good).Find("key", "ES256"));
        Assert.Null(Parse(Good).Find("key", "HS256"));
        Assert.Null(Parse(Good).Find("key", "none"));
        Assert.Null(Parse(Good).Find("other", "RS256"));
        Assert.NotNull(Parse(With("alg", "PS256")).Find("key", "PS256"));
        Assert.Null(Parse(With("alg", "PS256")).Find("key", "RS256"));
        Assert.NotNull(Parse(Ec(_ => { })).Find("key", "ES256"));
        Assert.Null(Parse(Ec(_ => { })).Find("key", "ES384"));
    }

    [Fact]
    public void Two_keys_of_one_name_are_told_apart_by_the_algorithm()
    {
        var set = Parse(Good, Ec(_ => { }));

        Assert.IsType<RsaSecurityKey>(set.Find("key", "RS256")!.Key);
        Assert.IsType<ECDsaSecurityKey>(set.Find("key", "ES256")!.Key);
    }

    [Theory]
    [InlineData("[]", "identity_provider.not_understood")]
    [InlineData("{}", "identity_provider.not_understood")]
    [InlineData("{\"keys\":{}}", "identity_provider.not_understood")]
    [InlineData("<html>", "identity_provider.not_understood")]
    [InlineData("", "identity_provider.not_understood")]
    public void What_is_no_key_set_is_refused(string text, string code) =>
        Assert.Equal(code, Assert.Throws<ProviderFaultException>(() => ProviderKeySet.Parse(Encoding.UTF8.GetBytes(text))).Fault.Code);

    [Fact]
    public void More_than_50_keys_are_refused() => Assert.Equal(
        "identity_provider.too_many_keys",
        Assert.Throws<ProviderFaultException>(() => Parse([.. Enumerable.Range(0, 51).Select(_ => (JsonObject)Good.DeepClone())])).Fault.Code);

    private static ProviderKeySet Parse(params JsonObject[] keys) =>
        ProviderKeySet.Parse(Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.DeepClone())]) }.ToJsonString()));

    private static JsonObject With(string member, JsonNode? value)
    {
        var key = (JsonObject)Good.DeepClone();
        if (value is null)
            key.Remove(member);
        else
            key[member] = value;
        return key;
    }

    private static JsonObject Rsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        var parameters = rsa.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = "key", ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    private static JsonObject Ec(Action<JsonObject> change)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ec.ExportParameters(false).Q;
        var key = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "key", ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y) };
        change(key);
        return key;
    }
}
