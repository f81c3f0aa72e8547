using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Access;

/// <summary>
/// What the address of a calendar holds: tenant and calendar, so that no lookup crosses the wall between tenants, and 256 random bits, of which a hash is
/// kept. It works until it is revoked.
/// </summary>
internal static class CalendarTokens
{
    public const int Length = 90;

    private const string Prefix = "plf_";
    private const int Bytes = 64;

    public static string New(Guid tenantId, Guid feedId) => Prefix + Base64Url.EncodeToString(
        [.. tenantId.ToByteArray(bigEndian: true), .. feedId.ToByteArray(bigEndian: true), .. RandomNumberGenerator.GetBytes(32)]);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads tenant and calendar; false when it is no such token.</summary>
    public static bool TryRead(string token, out Guid tenantId, out Guid feedId)
    {
        (tenantId, feedId) = (default, default);
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(token.AsSpan(Prefix.Length), out var length) || length != Bytes)
            return false;
        var bytes = Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length));
        (tenantId, feedId) = (new(bytes.AsSpan(0, 16), bigEndian: true), new(bytes.AsSpan(16, 16), bigEndian: true));
        return true;
    }
}
