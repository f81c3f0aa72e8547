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

    /// <summary>Id and secret from an Authorization header; empty ones when it is broken, null when it is not of the scheme Basic.</summary>
    public static (string Id, string Secret)? OfBasic(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length))
            return ("", "");
        var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : ("", "");
    }

    /// <summary>A new secret of 256 random bits; it is shown once and never stored.</summary>
    public static string NewSecret() => SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The last four characters, by which people tell secrets apart.</summary>
    public static string Hint(string secret) => secret[^4..];
}
