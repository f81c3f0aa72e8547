using System.Globalization;
using System.Text;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>A day in a calendar.</summary>
/// <param name="Uid">The same for as long as there is the thing.</param>
/// <param name="Day">The day.</param>
/// <param name="Summary">What is due.</param>
/// <param name="Description">Where it belongs.</param>
/// <param name="IsCancelled">Whether it was given up.</param>
/// <param name="ChangedAt">When it was last changed.</param>
/// <param name="Link">Where one sees it.</param>
internal sealed record CalendarDay(string Uid, DateOnly Day, string Summary, string Description, bool IsCancelled, DateTimeOffset ChangedAt, Uri Link);

/// <summary>Writes iCalendar (RFC 5545, with the properties of RFC 7986 for names and refreshing).</summary>
internal static class CalendarText
{
    /// <summary>Octets of a line without its break (RFC 5545 section 3.1).</summary>
    private const int MaxLine = 75;

    public static readonly string Sample = Write(
        "Professional learning",
        [new("step-01a2b3c4-0000-7000-8000-000000000401@plservice", new(2026, 10, 15), "Meet with every learning community", "Professional learning 2026-27 (Cedar Valley School District)",
            false, new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero), new("https://pl.example.org/plans/01a2b3c4-0000-7000-8000-000000000400"))]);

    public static string Write(string name, IEnumerable<CalendarDay> days)
    {
        var text = new StringBuilder();
        Add(text, "BEGIN", "VCALENDAR");
        Add(text, "VERSION", "2.0");
        Add(text, "PRODID", "-//PLService//Plans//EN");
        Add(text, "CALSCALE", "GREGORIAN");
        Add(text, "METHOD", "PUBLISH");
        Add(text, "NAME", Escaped(name));
        Add(text, "X-WR-CALNAME", Escaped(name));
        Add(text, "REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
        Add(text, "X-PUBLISHED-TTL", "PT6H");
        foreach (var day in days)
        {
            var changed = day.ChangedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            Add(text, "BEGIN", "VEVENT");
            Add(text, "UID", Escaped(day.Uid));
            // Of the time of the change and not of the fetch, so that an unchanged calendar is the same text.
            Add(text, "DTSTAMP", changed);
            Add(text, "LAST-MODIFIED", changed);
            Add(text, "DTSTART;VALUE=DATE", day.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            Add(text, "SUMMARY", Escaped(day.Summary));
            Add(text, "DESCRIPTION", Escaped(day.Description));
            Add(text, "URL", day.Link.AbsoluteUri);
            Add(text, "STATUS", day.IsCancelled ? "CANCELLED" : "CONFIRMED");
            Add(text, "TRANSP", "TRANSPARENT");
            Add(text, "END", "VEVENT");
        }

        Add(text, "END", "VCALENDAR");
        return text.ToString();
    }

    /// <summary>A value of type TEXT (section 3.3.11). What no calendar may hold, control characters, becomes a blank.</summary>
    internal static string Escaped(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            _ = c switch
            {
                '\\' or ';' or ',' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                _ when char.IsControl(c) => text.Append(' '),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    /// <summary>One property, folded between characters so that no line is longer than 75 octets.</summary>
    private static void Add(StringBuilder text, string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxLine)
            {
                // The blank that says that a line goes on counts as well.
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
