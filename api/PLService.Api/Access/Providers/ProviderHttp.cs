using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using PLService.Api.Domain.Access;

namespace PLService.Api.Access.Providers;

/// <summary>
/// Fetches what providers publish, from addresses that somebody else names: https only, never a redirect, bounded in size and time, and only
/// where <see cref="PublicAddresses"/> or the settings allow it. The name is resolved here and the connection goes to the address that was looked at.
/// </summary>
internal sealed class ProviderHttp : IDisposable
{
    /// <summary>The largest document.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>From the first look at the name to the last byte.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly bool _loopback;
    private readonly IPNetwork[] _networks;
    private readonly HttpClient _http;

    /// <exception cref="SettingsException">A network of the settings is none.</exception>
    public ProviderHttp(AccessOptions options)
    {
        _loopback = options.AllowLoopbackProviders;
        _networks = [.. options.ProviderNetworks.Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new SettingsException($"Access__ProviderNetworks takes networks such as 10.20.0.0/16; found {text}."))];
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would resolve the name once more, where nobody looks at the address.
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 32,
            // A request that was given up leaves its attempt to connect behind.
            ConnectTimeout = Limit,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = async (context, ct) => await ConnectAsync(context.DnsEndPoint, ct),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>Whether an address has a form that can be fetched; where its name leads is seen when it is.</summary>
    public bool IsFetchable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && uri.Host.Length > 0
        && (uri.Scheme == Uri.UriSchemeHttps || (_loopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    /// <summary>The document at the address.</summary>
    /// <exception cref="ProviderFaultException">There is none to be had, and why.</exception>
    public async Task<byte[]> GetAsync(string address, CancellationToken ct)
    {
        if (!IsFetchable(address))
            throw new ProviderFaultException(IdentityProviderErrors.AddressRefused.Found($"Found {Short(address)}."));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var response = await _http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if ((int)response.StatusCode is >= 300 and < 400)
                throw new ProviderFaultException(IdentityProviderErrors.Redirects.Found($"{Short(address)} leads elsewhere."));
            if (response.StatusCode is not HttpStatusCode.OK)
                throw new ProviderFaultException(IdentityProviderErrors.NoDocument.Found($"{Short(address)} answers with {(int)response.StatusCode}."));
            return await ReadAsync(response.Content, address, limit.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new ProviderFaultException(IdentityProviderErrors.TooSlow.Found($"It was {Short(address)}."), late);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            throw Explain(lost, address);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<byte[]> ReadAsync(HttpContent content, string address, CancellationToken ct)
    {
        var bytes = new byte[MaxBytes + 1];
        await using var stream = await content.ReadAsStreamAsync(ct);
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return length <= MaxBytes
            ? bytes[..length]
            : throw new ProviderFaultException(IdentityProviderErrors.TooLarge.Found($"It was {Short(address)}."));
    }

    private async Task<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct)
    {
        // The resolver refuses some literals itself, with another reason than ours.
        var found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, ct);
        // All of them: a name with one foot inside is a trick, or becomes one with the next connection.
        if (!Array.TrueForAll(found, IsAllowed))
            throw new ProviderFaultException(IdentityProviderErrors.AddressRefused.Found($"{target.Host} does not."));

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

    private static ProviderFaultException Explain(Exception lost, string address)
    {
        for (var inner = lost; inner is not null; inner = inner.InnerException)
        {
            if (inner is ProviderFaultException refused)
                return refused;
            if (inner is AuthenticationException)
                return new(IdentityProviderErrors.BadCertificate.Found($"It was {Short(address)}."), lost);
        }

        return new(IdentityProviderErrors.Unreachable.Found($"It was {Short(address)}."), lost);
    }

    private static string Short(string address) => address.Length <= 200 ? address : address[..200] + "...";
}
