using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>Writes tokens by hand, right and wrong ones, so that no library corrects a fault on the way.</summary>
internal sealed class TokenForge(ApiServer api, TestTenant tenant)
{
    private readonly SigningKeys _keys = api.Services.GetRequiredService<SigningKeys>();

    /// <summary>The public key as PEM: what an attacker has to sign with when algorithms are confused.</summary>
    public byte[] PublicPem => Encoding.ASCII.GetBytes(_keys.All[0].Rsa.ExportSubjectPublicKeyInfoPem());

    public string KeyId => _keys.All[0].KeyId;

    /// <summary>A valid token, with changes to its header and its claims.</summary>
    public string Make(Dictionary<string, object?>? header = null, Dictionary<string, object?>? claims = null, Func<byte[], byte[]>? sign = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.True(ClientCredentials.TryReadId(tenant.Credentials.ClientId, out var tenantId, out var clientId));
        var head = Merge(new() { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "at+jwt" }, header);
        var body = Merge(
            new()
            {
                ["iss"] = "http://plservice.test",
                ["aud"] = "plservice",
                ["iat"] = now,
                ["nbf"] = now,
                ["exp"] = now + 900,
                ["sub"] = clientId,
                ["client_id"] = clientId,
                ["tenant"] = tenantId,
                ["scope"] = Scopes.TenantRead,
            },
            claims);
        var signed = $"{Encode(head)}.{Encode(body)}";
        return $"{signed}.{Base64UrlEncoder.Encode((sign ?? Sign(_keys.All[0].Rsa, HashAlgorithmName.SHA256))(Encoding.ASCII.GetBytes(signed)))}";
    }

    public Func<byte[], byte[]> SignWithOwnKey(HashAlgorithmName hash) => Sign(_keys.All[0].Rsa, hash);

    public static Func<byte[], byte[]> Sign(RSA rsa, HashAlgorithmName hash) => data => rsa.SignData(data, hash, RSASignaturePadding.Pkcs1);

    /// <summary>The same token with one character of one of its three parts changed.</summary>
    public static string Tamper(string token, int part)
    {
        var parts = token.Split('.');
        var middle = parts[part].Length / 2;
        parts[part] = parts[part][..middle] + (parts[part][middle] == 'A' ? 'B' : 'A') + parts[part][(middle + 1)..];
        return string.Join('.', parts);
    }

    /// <summary>The same signature under other claims.</summary>
    public static string Replace(string token, string claim, object value)
    {
        var parts = token.Split('.');
        var claims = JsonSerializer.Deserialize<Dictionary<string, object?>>(Base64UrlEncoder.Decode(parts[1]))!;
        claims[claim] = value;
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    private static Dictionary<string, object?> Merge(Dictionary<string, object?> into, Dictionary<string, object?>? changes)
    {
        foreach (var (name, value) in changes ?? [])
            into[name] = value;
        return into.Where(entry => entry.Value is not null).ToDictionary();
    }

    private static string Encode(Dictionary<string, object?> part) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(part));
}
