using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Identifiers as CASE writes them: UUIDs in lower case, 8-4-4-4-12.</summary>
internal static class CaseIds
{
    /// <summary>Reads the forms in which files write a UUID.</summary>
    public static bool TryRead(string? text, out Guid id)
    {
        text = text?.Trim();
        if (text?.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) is true)
            text = text["urn:uuid:".Length..];
        return Guid.TryParse(text, out id);
    }

    /// <summary>The UUID at the end of an address, as most addresses of CASE have it.</summary>
    public static bool TryReadEnd(string? address, out Guid id)
    {
        id = default;
        return address is { Length: >= 36 } && Guid.TryParseExact(address.TrimEnd('/')[^Math.Min(36, address.TrimEnd('/').Length)..], "D", out id);
    }

    /// <summary>The same UUID for the same text, always (version 8 from a hash), so that a file without identifiers is mended in one way.</summary>
    public static Guid From(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("plservice:case:" + text))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
