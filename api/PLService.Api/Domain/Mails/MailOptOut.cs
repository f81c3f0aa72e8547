using System.Security.Cryptography;
using System.Text;

namespace PLService.Api.Domain.Mails;

/// <summary>Somebody does not want a kind of mail.</summary>
public sealed class MailOptOut : ITenantOwned
{
    private MailOptOut()
    {
    }

    public Guid TenantId { get; private init; }

    /// <summary>See <see cref="HashOf"/>.</summary>
    public byte[] AddressHash { get; private init; } = [];

    public MailKind Kind { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }

    public static MailOptOut Create(string address, MailKind kind, DateTimeOffset now) => new() { AddressHash = HashOf(address), Kind = kind, CreatedAt = now };

    /// <summary>What is kept of an address, however it was capitalized.</summary>
    public static byte[] HashOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return SHA256.HashData(Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant()));
    }
}
