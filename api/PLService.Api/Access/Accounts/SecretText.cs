using System.Buffers.Text;
using System.Security.Cryptography;

namespace PLService.Api.Access.Accounts;

/// <summary>
/// The written form of secrets that are sent: prefix, tenant, the id of the row that knows it, and 256 bits. It carries the tenant, so that no
/// lookup crosses the wall between tenants.
/// </summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Id">The row that knows it.</param>
/// <param name="Secret">The secret part.</param>
internal sealed record SecretText(Guid TenantId, Guid Id, byte[] Secret)
{
    /// <summary>Longer ones are none.</summary>
    public const int MaxLength = 200;

    private const int SecretBytes = 32;

    /// <summary>What is kept of it.</summary>
    public byte[] Hash => SHA256.HashData(Secret);

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public string Write(string prefix) => prefix + Base64Url.EncodeToString([.. TenantId.ToByteArray(bigEndian: true), .. Id.ToByteArray(bigEndian: true), .. Secret]);

    /// <summary>Reads <see cref="Write"/> back; null when it is no such text.</summary>
    public static SecretText? Read(string? text, string prefix)
    {
        if (text is null || text.Length > MaxLength || !text.StartsWith(prefix, StringComparison.Ordinal)
            || !Base64Url.IsValid(text.AsSpan(prefix.Length), out var length) || length != 32 + SecretBytes)
            return null;
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(prefix.Length));
        return new(new(bytes.AsSpan(0, 16), bigEndian: true), new(bytes.AsSpan(16, 16), bigEndian: true), bytes[32..]);
    }
}
