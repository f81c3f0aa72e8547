using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>
/// Times and dates as files write them: ISO 8601, and the forms of Google Forms, Microsoft Forms and Excel in the United States.
/// </summary>
internal static partial class Timestamps
{
    // The abbreviations that Google Forms writes for its owners' zones in the United States.
    private static readonly Dictionary<string, int> ZoneHours = new()
    {
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["AKST"] = -9,
        ["AKDT"] = -8,
        ["HST"] = -10,
    };

    /// <summary>Reads a time such as 2026-09-14T13:05:22Z, 2026-09-14 13:05, 9/14/2026 1:05:22 PM or 2026/09/14 1:05:22 PM EST.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="zone">The zone meant when the text names none.</param>
    /// <param name="ticks">The instant in UTC.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeZoneInfo zone, out long ticks) =>
        TryIso(text, zone, out ticks) || TryForm(text, zone, out ticks);

    /// <summary>Reads a date such as 2026-09-14 or 9/14/2026.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date) =>
        DateOnly.TryParseExact(
            Encoding.UTF8.GetString(text), ["yyyy-MM-dd", "M/d/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool TryIso(ReadOnlySpan<byte> s, TimeZoneInfo zone, out long ticks)
    {
        ticks = 0;
        if (s.Length < 10 || s[4] != '-' || s[7] != '-'
            || !Number(s[..4], out var year) || !Number(s[5..7], out var month) || !Number(s[8..10], out var day))
            return false;
        if (s.Length == 10)
            return Instant((year, month, day), default, null, zone, out ticks);
        if (s.Length < 16 || s[10] is not ((byte)'T' or (byte)' ') || s[13] != ':'
            || !Number(s[11..13], out var hour) || !Number(s[14..16], out var minute))
            return false;

        var (second, fraction) = (0, 0L);
        var rest = s[16..];
        if (rest is [(byte)':', _, _, ..])
        {
            if (!Number(rest[1..3], out second))
                return false;
            rest = rest[3..];
            if (rest is [(byte)'.' or (byte)',', ..])
                rest = Fraction(rest[1..], out fraction);
        }

        return Offset(rest.Trim((byte)' '), out var offset)
            && Instant((year, month, day), (hour, minute, second), offset, zone, out ticks, fraction);
    }

    private static bool TryForm(ReadOnlySpan<byte> s, TimeZoneInfo zone, out long ticks)
    {
        ticks = 0;
        if (s.Length > 40 || FormTime().Match(Encoding.UTF8.GetString(s)) is not { Success: true } match)
            return false;
        int Of(string group) =>
            match.Groups[group] is { Success: true } g ? int.Parse(g.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

        var hour = Of("hour");
        if (match.Groups["half"] is { Success: true } half)
        {
            if (hour is < 1 or > 12)
                return false;
            hour = hour % 12 + (half.ValueSpan[0] is 'p' or 'P' ? 12 : 0);
        }

        TimeSpan? offset = null;
        if (match.Groups["zone"] is { Success: true } name)
        {
            if (!ZoneHours.TryGetValue(name.Value.ToUpperInvariant(), out var hours))
                return false;
            offset = TimeSpan.FromHours(hours) + (match.Groups["sign"].Value is "-" ? -1 : 1) * new TimeSpan(Of("zh"), Of("zm"), 0);
        }

        return Instant((Of("year"), Of("month"), Of("day")), (hour, Of("minute"), Of("second")), offset, zone, out ticks);
    }

    private static bool Instant(
        (int Year, int Month, int Day) date,
        (int Hour, int Minute, int Second) time,
        TimeSpan? offset,
        TimeZoneInfo zone,
        out long ticks,
        long fraction = 0)
    {
        ticks = 0;
        if (date.Year is < 1900 or > 2199 || date.Month is < 1 or > 12 || date.Day < 1
            || date.Day > DateTime.DaysInMonth(date.Year, date.Month)
            || time.Hour > 23 || time.Minute > 59 || time.Second > 59 || offset is { } given && given.Duration() > TimeSpan.FromHours(18))
            return false;
        var local = new DateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute, time.Second).AddTicks(fraction);
        ticks = (local - (offset ?? zone.GetUtcOffset(local))).Ticks;
        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> s, out TimeSpan? offset)
    {
        offset = null;
        if (s.IsEmpty)
            return true;
        if (s is [(byte)'Z' or (byte)'z'])
        {
            offset = TimeSpan.Zero;
            return true;
        }

        if (s[0] is not ((byte)'+' or (byte)'-') || s.Length is not (3 or 5 or 6) || (s.Length == 6 && s[3] != ':'))
            return false;
        var minutes = 0;
        if (!Number(s[1..3], out var hours) || (s.Length > 3 && !Number(s[^2..], out minutes)) || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (s[0] == '-' ? -1 : 1);
        return true;
    }

    private static ReadOnlySpan<byte> Fraction(ReadOnlySpan<byte> s, out long ticks)
    {
        ticks = 0;
        var scale = TimeSpan.TicksPerSecond;
        var i = 0;
        for (; i < s.Length && char.IsAsciiDigit((char)s[i]); i++)
            ticks += (scale /= 10) * (s[i] - '0');
        return s[i..];
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = number * 10 + digit - '0';
        }

        return true;
    }

    [GeneratedRegex(
        @"^(?:(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})|(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2}))"
        + @"(?:[ ,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?"
        + @"(?: (?<zone>[A-Za-z]{1,4})(?:(?<sign>[+-])(?<zh>\d{1,2})(?::(?<zm>\d{2}))?)?)?)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex FormTime();
}
