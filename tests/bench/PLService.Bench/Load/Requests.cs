using System.Globalization;
using System.Text;

namespace PLService.Bench.Load;

/// <summary>Requests as bytes.</summary>
internal static class Request
{
    public static byte[] Get(string target, params string[] headers) => Text("GET", target, headers, null);

    public static byte[] Post(string target, string json, params string[] headers) => Text("POST", target, headers, json);

    /// <summary>A request of any method; <paramref name="json"/> null sends no body.</summary>
    public static byte[] Text(string method, string target, IEnumerable<string> headers, string? json)
    {
        var lines = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n");
        foreach (var header in headers)
            lines.Append(header).Append("\r\n");
        if (json is not null)
        {
            var length = Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture);
            lines.Append("Content-Type: application/json\r\nContent-Length: ").Append(length).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(lines.Append("\r\n").Append(json).ToString());
    }
}

/// <summary>Different requests of one kind in turn; connections start at different ones.</summary>
internal sealed class InTurn(IReadOnlyList<byte[]> requests, int status = 200) : IRequests
{
    public bool IsExpected(int found) => found == status;

    public ReadOnlyMemory<byte> Next(int connection, long number) => requests[(int)(((connection * 7919L) + number) % requests.Count)];
}

/// <summary>
/// Creates: each request differs from the last in one number of fixed width, which is written over the mark in a copy that the connection
/// keeps, so that nothing is built while the clock runs.
/// </summary>
internal sealed class Numbered : IRequests
{
    /// <summary>What the number takes the place of.</summary>
    public const string Mark = "############";

    private static long s_runs;
    private readonly byte[][][] _copies;
    private readonly int[] _places;
    private readonly long _first;

    public Numbered(IReadOnlyList<byte[]> requests, int connections)
    {
        _copies = [.. Enumerable.Range(0, connections).Select(_ => requests.Select(request => (byte[])request.Clone()).ToArray())];
        _places = [.. requests.Select(request => request.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Mark)))];
        if (_places.Contains(-1))
            throw new ArgumentException("A request lacks the mark.", nameof(requests));
        _first = Interlocked.Increment(ref s_runs) * 1_000_000_000;
    }

    public bool IsExpected(int status) => status == 201;

    public ReadOnlyMemory<byte> Next(int connection, long number)
    {
        var which = (int)((connection + number) % _places.Length);
        var copy = _copies[connection][which];
        var value = _first + (connection * 5_000_000L) + number;
        if (!value.TryFormat(copy.AsSpan(_places[which], Mark.Length), out _, "D12", CultureInfo.InvariantCulture))
            throw new InvalidOperationException("The number is too long.");
        return copy;
    }
}
