using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Access;

/// <summary>The written forms of a client's id and secret.</summary>
internal static class ClientCredentials
{
    private const string IdPrefix = "plc_";
    private const string SecretPrefix = "pls_";

    /// <summary>
    /// The public <c>client_id</c> carries tenant and id, so that the token endpoint knows the tenant before it reads a row:
    /// no lookup ever crosses the wall between tenants.
    /// </summary>
    public static string WriteId(Guid tenantId, Guid clientId) =>
        IdPrefix + Base64Url.EncodeToString([.. tenantId.ToByteArray(bigEndian: true), .. clientId.ToByteArray(bigEndian: true)]);

    /// <summary>Reads <see cref="WriteId"/> back.</summary>
    public static bool TryReadId(string text, out Guid tenantId, out Guid clientId)
    {
        (tenantId, clientId) = (default, default);
        Span<byte> bytes = stackalloc byte[32];
        if (!text.StartsWith(IdPrefix, StringComparison.Ordinal) || text.Length != IdPrefix.Length + 43 || !Base64Url.IsValid(text.AsSpan(IdPrefix.Length)))
            return false;
        if (!Base64Url.TryDecodeFromChars(text.AsSpan(IdPrefix.Length), bytes, out var written) || written != 32)
            return false;

        tenantId = new Guid(bytes[..16], bigEndian: true);
        clientId = new Guid(bytes[16..], bigEndian: true);
        return true;
    }

    /// <summary>A new secret of 256 random bits; it is shown once and never stored.</summary>
    public static string NewSecret() => SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The last four characters, by which people tell secrets apart.</summary>
    public static string Hint(string secret) => secret[^4..];
}
