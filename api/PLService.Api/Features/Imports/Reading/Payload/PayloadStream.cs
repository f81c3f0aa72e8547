namespace PLService.Api.Features.Imports.Reading.Payload;

/// <summary>The decompressed bytes of a file, with its beginning to look at before anything is consumed.</summary>
internal sealed class PayloadStream : PayloadStage
{
    private readonly Stream _body;
    private readonly HeadStream _raw;
    private HeadStream _content;
    private GzipPayload? _gzip;
    private long _given;

    private PayloadStream(Stream body)
    {
        _body = body;
        _raw = _content = new HeadStream(body);
    }

    /// <summary>Bytes taken from the body so far, as they came: what progress is measured by.</summary>
    public long BytesRead => _gzip?.BytesRead ?? _given;

    /// <exception cref="ImportFileException">The declared compression is not supported, or the bytes are not what it says.</exception>
    public static async Task<PayloadStream> OpenAsync(Stream body, string? contentEncoding, CancellationToken ct)
    {
        var payload = new PayloadStream(body);
        var head = await payload._raw.PeekAsync(2, ct);
        var isGzip = head.Span is [0x1f, 0x8b, ..];
        var declared = contentEncoding?.Trim().ToLowerInvariant();
        if (declared is not (null or "" or "identity" or "gzip" or "x-gzip"))
            throw new ImportFileException(ImportCodes.Gzip,
                $"Content-Encoding '{ImportIssue.Cut(declared)}' is not accepted. Send gzip or no compression.");
        if (declared is "gzip" or "x-gzip" && !isGzip)
            throw new ImportFileException(ImportCodes.Gzip,
                "Content-Encoding says gzip but the bytes are not gzip. Leave the header out, or compress the file.");
        if (isGzip)
            payload._content = new HeadStream(payload._gzip = new GzipPayload(payload._raw));
        return payload;
    }

    /// <summary>The next bytes without consuming them: <paramref name="size"/> of them, or all that is left.</summary>
    public ValueTask<ReadOnlyMemory<byte>> PeekAsync(int size, CancellationToken ct) => _content.PeekAsync(size, ct);

    /// <summary>Passes over bytes that were peeked.</summary>
    public void Skip(int count) => _content.Skip(count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _content.ReadAsync(buffer, cancellationToken);
        _given += read;
        if (_given > ImportLimits.PayloadBytes)
            throw new ImportFileException(ImportCodes.TooLarge,
                $"The file is larger than {ImportLimits.PayloadBytes >> 30} GiB. Split it and send the parts one by one.");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _body.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Gives back what was looked at before it reads on.</summary>
    private sealed class HeadStream(Stream inner) : PayloadStage
    {
        private byte[] _head = [];
        private int _start;
        private int _end;

        public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int size, CancellationToken ct)
        {
            if (_start + size > _head.Length)
                Array.Resize(ref _head, _start + size);
            while (_end - _start < size)
            {
                var read = await inner.ReadAsync(_head.AsMemory(_end), ct);
                if (read == 0)
                    break;
                _end += read;
            }

            return _head.AsMemory(_start.._end);
        }

        public void Skip(int count) => _start += count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var held = Math.Min(buffer.Length, _end - _start);
            if (held == 0)
                return inner.ReadAsync(buffer, cancellationToken);
            _head.AsSpan(_start, held).CopyTo(buffer.Span);
            _start += held;
            if (_start == _end)
                (_head, _start, _end) = ([], 0, 0);
            return new(held);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
