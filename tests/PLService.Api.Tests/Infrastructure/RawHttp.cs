using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>HTTP by hand, for requests that a well-behaved client does not send.</summary>
internal static class RawHttp
{
    internal sealed record Answer(int Status, string Head, string Body)
    {
        public string? Code => Body.StartsWith('{') ? (string?)JsonNode.Parse(Body)!["code"] : null;

        public bool IsProblem => Head.Contains("Content-Type: application/problem+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>One request on a connection of its own, read to its end.</summary>
    public static async Task<Answer> SendAsync(Uri address, string method, string path, IEnumerable<string> headers, CancellationToken ct)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, ct);
        await using var stream = tcp.GetStream();
        var request = $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), ct);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(ct);
        var parts = text.Split("\r\n\r\n", 2);
        var body = parts.ElementAtOrDefault(1) ?? "";
        // Chunked: what counts here is the one JSON object within.
        if (body.IndexOf('{', StringComparison.Ordinal) is >= 0 and var from)
            body = body[from..(body.LastIndexOf('}') + 1)];
        return new(int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture), parts[0], body);
    }
}
