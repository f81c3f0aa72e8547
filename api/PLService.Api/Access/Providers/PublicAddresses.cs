using System.Net;
using System.Net.Sockets;

namespace PLService.Api.Access.Providers;

/// <summary>
/// Which addresses lie in the public internet. Whoever may name an address to be fetched must not reach with it what only this machine
/// reaches: itself, its neighbours, the metadata service of a cloud.
/// </summary>
internal static class PublicAddresses
{
    // RFC 6890 and the registries that it began: everything that is not globally reachable.
    private static readonly IPNetwork[] ReservedV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only this is handed out; within it are tunnels and tests.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] ReservedV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    // Networks without IPv4 of their own write its addresses so (RFC 6052).
    private static readonly IPNetwork TranslatedV4 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Has(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return Has(address.MapToIPv4());
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return !Array.Exists(ReservedV4, network => network.Contains(address));
        if (TranslatedV4.Contains(address))
            return Has(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return GlobalV6.Contains(address) && !Array.Exists(ReservedV6, network => network.Contains(address));
    }
}
