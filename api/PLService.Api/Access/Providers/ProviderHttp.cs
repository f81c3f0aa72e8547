using System.Net;
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

    private readonly PublicConnections _connections;
    private readonly HttpClient _http;

    public ProviderHttp(PublicConnections connections)
    {
        _connections = connections;
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
            ConnectCallback = async (context, ct) => await connections.ConnectAsync(context.DnsEndPoint, ct),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>Whether an address has a form that can be fetched; where its name leads is seen when it is.</summary>
    public bool IsFetchable(string address) => _connections.IsFetchable(address);

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

    private static ProviderFaultException Explain(Exception lost, string address)
    {
        for (var inner = lost; inner is not null; inner = inner.InnerException)
        {
            if (inner is PrivateAddressException refused)
                return new(IdentityProviderErrors.AddressRefused.Found($"{refused.Host} does not."), lost);
            if (inner is AuthenticationException)
                return new(IdentityProviderErrors.BadCertificate.Found($"It was {Short(address)}."), lost);
        }

        return new(IdentityProviderErrors.Unreachable.Found($"It was {Short(address)}."), lost);
    }

    private static string Short(string address) => address.Length <= 200 ? address : address[..200] + "...";
}
