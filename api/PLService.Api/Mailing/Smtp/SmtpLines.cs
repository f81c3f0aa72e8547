using System.Globalization;
using System.Text;

namespace PLService.Api.Mailing.Smtp;

/// <summary>Commands out and replies in, over one stream; what a server may send is bounded.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private const int LineMaxBytes = 4096;
    private const int ReplyMaxLines = 100;

    private readonly byte[] _buffer = new byte[LineMaxBytes];
    private int _from;
    private int _to;

    /// <summary>Something came that was not asked for.</summary>
    public bool HasSurplus => _to > _from;

    public async Task WriteAsync(string text, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await stream.FlushAsync(ct);
    }

    /// <exception cref="SmtpUnavailableException">The connection ended, or what came is no reply.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        while (lines.Count < ReplyMaxLines)
        {
            var line = await ReadLineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                break;
            lines.Add(line.Length > 4 ? MailText.OneLine(line[4..]) : "");
            if (line.Length == 3 || line[3] == ' ')
                return new(code, lines);
        }

        throw new SmtpUnavailableException("smtp.no_reply", "The mail server does not speak SMTP.");
    }

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _from, _to - _from);
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _from, end - _from).TrimEnd('\r');
                _from = end + 1;
                return line;
            }

            await FillAsync(ct);
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length)
            throw new SmtpUnavailableException("smtp.no_reply", "The mail server does not speak SMTP: it sends lines without end.");
        var read = await stream.ReadAsync(_buffer.AsMemory(_to), ct);
        if (read == 0)
            throw new SmtpUnavailableException("smtp.unreachable", "The mail server closed the connection.");
        _to += read;
    }
}
