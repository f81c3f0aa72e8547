using System.Globalization;
using System.Text;
using PLService.Api.Domain.Mails;

namespace PLService.Api.Mailing.Smtp;

/// <summary>Writes a mail as RFC 5322 and MIME have it: ASCII alone, whatever is in it.</summary>
internal static class MimeWriter
{
    // An encoded word has 75 characters at most (RFC 2047), and base64 of 45 bytes is 60.
    private const int WordBytes = 45;

    /// <summary>The message with CRLF at the end of each line.</summary>
    public static string Write(Mail mail, string from, string senderName, DateTimeOffset now)
    {
        var boundary = $"part-{Guid.NewGuid():N}";
        var text = new StringBuilder();
        Header(text, "From", $"{Phrase(senderName)} <{from}>");
        Header(text, "To", mail.RecipientName is { } name ? $"{Phrase(name)} <{mail.RecipientAddress}>" : mail.RecipientAddress);
        Header(text, "Subject", Words(mail.Subject));
        Header(text, "Date", now.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        Header(text, "Message-ID", mail.MessageId);
        // Nobody's holiday notice shall come back.
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "Content-Language", mail.Language);
        if (mail.UnsubscribeAddress is { } unsubscribe)
        {
            Header(text, "List-Unsubscribe", $"<{unsubscribe}>");
            Header(text, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        text.Append("\r\n");
        Part(text, boundary, "text/plain", mail.TextBody!);
        Part(text, boundary, "text/html", mail.HtmlBody!);
        return text.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n").ToString();
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

    private static void Part(StringBuilder text, string boundary, string type, string body)
    {
        text.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\n");
        Header(text, "Content-Type", $"{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "base64");
        text.Append("\r\n");
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < encoded.Length; at += 76)
            text.Append(encoded.AsSpan(at, Math.Min(76, encoded.Length - at))).Append("\r\n");
    }

    /// <summary>A name beside an address.</summary>
    private static string Phrase(string name)
    {
        var line = MailText.OneLine(name);
        return IsPlain(line) ? $"\"{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : Words(line);
    }

    /// <summary>Text of a header, as encoded words where it needs them; none of them is cut within a character.</summary>
    private static string Words(string value)
    {
        var line = MailText.OneLine(value);
        if (IsPlain(line))
            return line;
        var words = new List<string>();
        var bytes = new List<byte>(WordBytes);
        Span<byte> rune = stackalloc byte[4];
        foreach (var next in line.EnumerateRunes())
        {
            var length = next.EncodeToUtf8(rune);
            if (bytes.Count + length > WordBytes)
                Close(words, bytes);
            bytes.AddRange(rune[..length]);
        }

        Close(words, bytes);
        return string.Join("\r\n ", words);
    }

    private static void Close(List<string> words, List<byte> bytes)
    {
        words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
        bytes.Clear();
    }

    // "=?" could be read as an encoded word.
    private static bool IsPlain(string line) => line.All(c => c is >= ' ' and <= '~') && !line.Contains("=?", StringComparison.Ordinal);
}
