using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PLService.Bench.Load;

/// <summary>What came back for one request.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Bytes">Length of the body, chunk marks not counted.</param>
/// <param name="Body">The body when it was asked for, else empty; good until the next request on the connection.</param>
internal readonly record struct Reply(int Status, int Bytes, ReadOnlyMemory<byte> Body);

/// <summary>
/// One keep-alive HTTP/1.1 connection that sends bytes as they are and reads a reply by its Content-Length or its chunks. It does little
/// on purpose: on two cores every microsecond spent here is taken from the server that is measured.
/// </summary>
internal sealed class HttpConnection(int port) : IAsyncDisposable
{
    private byte[] _buffer = new byte[32 * 1024];
    private byte[] _body = [];
    private int _start;
    private int _end;
    private Socket? _socket;

    /// <summary>Sends a request and reads its reply to the end; opens the connection when there is none.</summary>
    /// <exception cref="IOException">The connection broke or the reply is not HTTP.</exception>
    public async ValueTask<Reply> SendAsync(ReadOnlyMemory<byte> request, bool keepBody, CancellationToken ct)
    {
        try
        {
            _socket ??= await OpenAsync(ct);
            while (request.Length > 0)
                request = request[await _socket.SendAsync(request, SocketFlags.None, ct)..];
            return await ReadAsync(keepBody, ct);
        }
        catch (Exception failure)
        {
            Close();
            if (failure is SocketException)
                throw new IOException(failure.Message, failure);
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task<Socket> OpenAsync(CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), ct);
        return socket;
    }

    private void Close()
    {
        _socket?.Dispose();
        (_socket, _start, _end) = (null, 0, 0);
    }

    private async ValueTask<Reply> ReadAsync(bool keepBody, CancellationToken ct)
    {
        int head;
        while ((head = Filled().IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync(ct);

        var (status, length, chunked, closes) = Headers(Filled()[..(head + 2)]);
        _start += head + 4;
        var total = status is 204 or 304 ? 0
            : chunked ? await ReadChunksAsync(keepBody, ct)
            : length >= 0 ? await ReadBodyAsync(length, 0, keepBody, ct)
            : throw new IOException("The reply has neither a length nor chunks.");
        if (closes)
            Close();
        return new Reply(status, total, keepBody ? _body.AsMemory(0, total) : default);
    }

    private async ValueTask<int> ReadChunksAsync(bool keepBody, CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            int line;
            while ((line = Filled().IndexOf("\r\n"u8)) < 0)
                await FillAsync(ct);
            if (!Utf8Parser.TryParse(Filled()[..line], out int size, out var digits, 'x') || digits == 0)
                throw new IOException("A chunk has no length.");
            _start += line + 2;
            total += await ReadBodyAsync(size, total, keepBody, ct);
            await ReadBodyAsync(2, 0, keepBody: false, ct);
            if (size == 0)
                return total;
        }
    }

    private async ValueTask<int> ReadBodyAsync(int length, int at, bool keepBody, CancellationToken ct)
    {
        if (keepBody && _body.Length < at + length)
            Array.Resize(ref _body, Math.Max(at + length, _body.Length * 2));
        for (var left = length; left > 0;)
        {
            if (_start == _end)
                await FillAsync(ct);
            var taken = Math.Min(left, _end - _start);
            if (keepBody)
                _buffer.AsSpan(_start, taken).CopyTo(_body.AsSpan(at + length - left));
            _start += taken;
            left -= taken;
        }

        return length;
    }

    private ReadOnlySpan<byte> Filled() => _buffer.AsSpan(_start, _end - _start);

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        if (_end == _buffer.Length)
        {
            if (_start == 0)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            else
                Filled().CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read = await _socket!.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, ct);
        _end += read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private static (int Status, int Length, bool Chunked, bool Closes) Headers(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
            throw new IOException("This is no HTTP/1.1 reply.");
        var (length, chunked, closes) = (-1, false, false);
        for (var rest = head[(head.IndexOf("\r\n"u8) + 2)..]; rest.IndexOf("\r\n"u8) is > 0 and var end; rest = rest[(end + 2)..])
        {
            var line = rest[..end];
            if (Value(line, "content-length:"u8, out var value) && Utf8Parser.TryParse(value, out int parsed, out _))
                length = parsed;
            else if (Value(line, "transfer-encoding:"u8, out value))
                chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
            else if (Value(line, "connection:"u8, out value))
                closes = Ascii.EqualsIgnoreCase(value, "close"u8);
        }

        return (status, length, chunked, closes);
    }

    private static bool Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var matches = line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);
        value = matches ? line[name.Length..].Trim((byte)' ') : default;
        return matches;
    }
}
