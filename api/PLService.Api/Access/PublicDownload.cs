using System.Net;
using System.Security.Authentication;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Access;

/// <summary>
/// Fetches a file from an address that a caller names: https only, into the public internet only, each redirect looked at in the same way,
/// bounded in size and time.
/// </summary>
internal sealed class PublicDownload : IDisposable
{
    /// <summary>From the first look at the name to the last byte.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int MaxRedirects = 5;
    private const int ChunkBytes = 1 << 16;

    private readonly PublicConnections _connections;
    private readonly HttpClient _http;

    public PublicDownload(PublicConnections connections)
    {
        _connections = connections;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would resolve the name once more, where nobody looks at the address.
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            MaxResponseHeadersLength = 32,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = async (context, ct) => await connections.ConnectAsync(context.DnsEndPoint, ct),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>The file, or why there is none.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="maxBytes">The largest, unpacked.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(MemoryStream? File, DomainError? Fault)> GetAsync(string address, int maxBytes, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                if (!_connections.IsFetchable(address))
                    return (null, CaseSourceFaults.AddressRefused);
                using var response = await _http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location)
                    address = new Uri(new Uri(address), location).AbsoluteUri;
                else if (response.StatusCode is not HttpStatusCode.OK)
                    return (null, CaseSourceFaults.NoFile with { Message = $"{CaseSourceFaults.NoFile.Message} It answers with {(int)response.StatusCode}." });
                else
                    return await ReadAsync(response.Content, maxBytes, limit.Token);
            }

            return (null, CaseSourceFaults.Redirects);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, CaseSourceFaults.TooSlow);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or InvalidDataException)
        {
            return (null, Explain(lost));
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(MemoryStream? File, DomainError? Fault)> ReadAsync(HttpContent content, int maxBytes, CancellationToken ct)
    {
        var file = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        await using var stream = await content.ReadAsStreamAsync(ct);
        while (await stream.ReadAsync(chunk, ct) is > 0 and var length)
        {
            if (file.Length + length > maxBytes)
                return (null, CaseSourceFaults.TooLarge);
            file.Write(chunk, 0, length);
        }

        return (file, null);
    }

    private static DomainError Explain(Exception lost)
    {
        for (var inner = lost; inner is not null; inner = inner.InnerException)
        {
            if (inner is PrivateAddressException)
                return CaseSourceFaults.AddressRefused;
            if (inner is AuthenticationException)
                return CaseSourceFaults.BadCertificate;
        }

        return CaseSourceFaults.Unreachable;
    }
}
