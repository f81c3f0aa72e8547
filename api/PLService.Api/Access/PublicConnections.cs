using System.Net;
using System.Net.Sockets;
using PLService.Api.Access.Providers;

namespace PLService.Api.Access;

/// <summary>
/// Connects to addresses that somebody else names, only where <see cref="PublicAddresses"/> or the settings allow it. The name is resolved here
/// and the connection goes to the address that was looked at, so that no other look at the name can lead elsewhere.
/// </summary>
internal sealed class PublicConnections
{
    private readonly bool _loopback;
    private readonly IPNetwork[] _networks;

    /// <exception cref="SettingsException">A network of the settings is none.</exception>
    public PublicConnections(AccessOptions options)
    {
        _loopback = options.AllowLoopbackProviders;
        _networks = [.. options.ProviderNetworks.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new SettingsException($"Access__ProviderNetworks takes networks such as 10.20.0.0/16; found {text}."))];
    }

    /// <summary>Whether an address has a form that can be fetched: https, without a user name or a fragment. Where its name leads is seen when it is.</summary>
    public bool IsFetchable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && uri.Host.Length > 0
        && (uri.Scheme == Uri.UriSchemeHttps || (_loopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    /// <exception cref="PrivateAddressException">The name leads to an address that may not be reached.</exception>
    public async Task<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct)
    {
        // The resolver refuses some literals itself, with another reason than ours.
        var found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, ct);
        // All of them: a name with one foot inside is a trick, or becomes one with the next connection.
        if (!Array.TrueForAll(found, IsAllowed))
            throw new PrivateAddressException(target.Host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) =>
        PublicAddresses.Has(address)
        || (_loopback && IPAddress.IsLoopback(address))
        || Array.Exists(_networks, network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}

/// <summary>A name leads to an address that may not be reached.</summary>
internal sealed class PrivateAddressException(string host) : Exception($"{host} does not lie in the public internet.")
{
    public string Host => host;
}
