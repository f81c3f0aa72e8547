namespace PLService.Api.Features.Imports.Reading.Records;

/// <summary>Lines of a stream in a buffer that never outgrows the longest record allowed.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineEnd;
    private bool _ended;

    /// <summary>The current line without its line break.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_lineStart.._lineEnd);

    /// <summary>Its number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether it is longer than a record may be; then no line follows.</summary>
    public bool IsTooLong { get; private set; }

    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0 || (_ended && _end > _start))
            {
                (_lineStart, _lineEnd) = (_start, at < 0 ? _end : _start + searched + at);
                _start = at < 0 ? _end : _lineEnd + 1;
                Number++;
                IsTooLong = _lineEnd - _lineStart > ImportLimits.RecordBytes;
                return true;
            }

            if (_ended)
                return false;
            searched = _end - _start;
            if (searched > ImportLimits.RecordBytes)
            {
                (_lineStart, _lineEnd, IsTooLong) = (_start, _end, true);
                Number++;
                return true;
            }

            await Fill(ct);
        }
    }

    private async Task Fill(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        _ended = read == 0;
        _end += read;
    }
}
