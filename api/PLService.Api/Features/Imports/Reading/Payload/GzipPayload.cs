using System.IO.Compression;

namespace PLService.Api.Features.Imports.Reading.Payload;

/// <summary>Decompresses a payload within limits, and notices when it breaks off.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes the end of a truncated stream for its regular end. The length in the last four bytes (RFC 1952, ISIZE)
/// tells them apart; it describes one member, so a file of several members joined together is refused as well.
/// </remarks>
internal sealed class GzipPayload(Stream compressed) : PayloadStage
{
    private readonly TailStream _tail = new(compressed);
    private GZipStream? _gzip;
    private long _produced;

    public long BytesRead => _tail.Count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _gzip ??= new GZipStream(_tail, CompressionMode.Decompress, leaveOpen: false);
        var read = 0;
        try
        {
            read = await _gzip.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw Fault("The gzip data is damaged. Compress the file again and send it again.", e);
        }

        _produced += read;
        if (read == 0 && buffer.Length > 0)
            await CheckEnd(cancellationToken);
        if (_produced > ImportLimits.RatioGraceBytes && _produced > _tail.Count * ImportLimits.CompressionRatio)
        {
            throw new ImportFileException(
                ImportCodes.TooLarge,
                $"The file grows more than {ImportLimits.CompressionRatio} times when it is decompressed, which no table of ratings "
                    + "does. Send it uncompressed.");
        }

        return read;
    }

    private async Task CheckEnd(CancellationToken ct)
    {
        var trailing = await _tail.ReadAsync(new byte[1], ct);
        if (trailing > 0 || _tail.Count < 18 || _tail.LastUInt32() != (uint)_produced)
            throw Fault("The gzip data breaks off, or is several files joined together. Compress the whole file in one piece and send "
                + "it again.");
    }

    private static ImportFileException Fault(string detail, Exception? inner = null) => new(ImportCodes.Gzip, detail, inner: inner);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            (_gzip ?? (Stream)_tail).Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Counts what passes and keeps its last four bytes.</summary>
    private sealed class TailStream(Stream inner) : PayloadStage
    {
        private readonly byte[] _last = new byte[4];

        public long Count { get; private set; }

        public uint LastUInt32() => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(_last);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Count += read;
            Keep(buffer.Span[..read]);
            return read;
        }

        private void Keep(ReadOnlySpan<byte> passed)
        {
            if (passed.Length < 4)
                _last.AsSpan(passed.Length).CopyTo(_last);
            var kept = Math.Min(4, passed.Length);
            passed[^kept..].CopyTo(_last.AsSpan(4 - kept));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
