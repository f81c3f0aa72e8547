using System.Diagnostics;
using System.Net.Http.Headers;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>Holds an access token as a client does, which takes a new one before it expires: some tests share a world for longer than a token is good.</summary>
internal sealed class HeldToken(Func<string> issue) : DelegatingHandler(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);
    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly string _first = issue();

    /// <summary>A client that holds it.</summary>
    public HttpClient Client(Uri address)
    {
        var client = new HttpClient(this) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _first);
        return client;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What a test sends in its place stays.
        if (Stopwatch.GetElapsedTime(_since) > Age && request.Headers.Authorization?.Parameter == _first)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issue());
        return base.SendAsync(request, cancellationToken);
    }
}
