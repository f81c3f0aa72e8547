using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Mailing;

/// <summary>
/// What a link to unsubscribe holds: tenant and mail, so that no lookup crosses the wall between tenants, and 256 random bits, of which a
/// hash is kept. It works as often as it is used, for mail programs may follow it more than once.
/// </summary>
internal static class UnsubscribeTokens
{
    private const string Prefix = "plu_";
    private const int Bytes = 64;

    public static string New(Guid tenantId, Guid mailId) => Prefix + Base64Url.EncodeToString(
        [.. tenantId.ToByteArray(bigEndian: true), .. mailId.ToByteArray(bigEndian: true), .. RandomNumberGenerator.GetBytes(32)]);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads tenant and mail; false when it is no such token.</summary>
    public static bool TryRead(string token, out Guid tenantId, out Guid mailId)
    {
        (tenantId, mailId) = (default, default);
        if (token.Length > 200 || !token.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(token.AsSpan(Prefix.Length), out var length) || length != Bytes)
            return false;
        var bytes = Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length));
        (tenantId, mailId) = (new(bytes.AsSpan(0, 16), bigEndian: true), new(bytes.AsSpan(16, 16), bigEndian: true));
        return true;
    }
}
