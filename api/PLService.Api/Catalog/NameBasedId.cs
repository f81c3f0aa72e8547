using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Catalog;

/// <summary>
/// Identifiers that are the same on every installation: UUID version 5 (RFC 9562), so that packages of the catalog that two installations
/// export are the same package.
/// </summary>
internal static class NameBasedId
{
    /// <summary>The namespace of the catalog; it never changes.</summary>
    private static readonly Guid Namespace = Guid.Parse("6f0d9c56-2a0b-4b83-9d3f-6f1f5d1c7a10");

    /// <param name="name">What it is the id of, unique within the catalog: <c>standard/ct-2015/LEA</c>.</param>
    public static Guid Of(string name)
    {
        byte[] named = [.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
        // Version 5 is made of SHA-1; it names, and protects nothing.
#pragma warning disable CA5350
        var bytes = SHA1.HashData(named)[..16];
#pragma warning restore CA5350
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
