using System.Text;

namespace PLService.Api.Tests.Due;

/// <summary>Reads iCalendar as RFC 5545 says, and refuses whatever it does not allow.</summary>
internal sealed class StrictCalendar
{
    private static readonly HashSet<string> Once = ["UID", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "URL"];

    /// <summary>Properties of the calendar, by name.</summary>
    public Dictionary<string, string> Properties { get; } = [];

    /// <summary>Properties of each event by name, with the values of texts as they were before they were escaped.</summary>
    public List<Dictionary<string, string>> Events { get; } = [];

    public static StrictCalendar Read(byte[] bytes)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.EndsWith("\r\n", text);
        var lines = text[..^2].Split("\r\n");
        Assert.All(lines, line =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75);
            Assert.DoesNotContain(line, char.IsControl);
        });
        var calendar = new StrictCalendar();
        calendar.Take(Unfolded(lines));
        return calendar;
    }

    private static List<string> Unfolded(string[] lines)
    {
        var whole = new List<string>();
        foreach (var line in lines)
        {
            if (line[0] == ' ')
                whole[^1] += line[1..];
            else
                whole.Add(line);
        }

        return whole;
    }

    private void Take(List<string> lines)
    {
        Assert.Equal(("BEGIN:VCALENDAR", "END:VCALENDAR"), (lines[0], lines[^1]));
        Dictionary<string, string>? day = null;
        foreach (var line in lines[1..^1])
        {
            var (name, parameters, value) = Split(line);
            if (line == "BEGIN:VEVENT")
            {
                Assert.Null(day);
                day = [];
            }
            else if (line == "END:VEVENT")
            {
                Assert.All((string[])["UID", "DTSTAMP", "DTSTART"], name => Assert.Contains(name, day!.Keys));
                Events.Add(day!);
                day = null;
            }
            else if (day is not null)
            {
                Assert.Contains(name, Once);
                Assert.Equal(name == "DTSTART" ? ";VALUE=DATE" : "", parameters);
                Assert.True(day.TryAdd(name, ValueOf(name, value)), $"{name} stands there twice");
            }
            else
            {
                Assert.True(Properties.TryAdd(name, ValueOf(name, value)), $"{name} stands there twice");
            }
        }

        Assert.Null(day);
        Assert.Equal("2.0", Properties["VERSION"]);
        Assert.NotEmpty(Properties["PRODID"]);
        Assert.Equal(Events.Count, Events.Select(one => one["UID"]).Distinct().Count());
    }

    private static (string Name, string Parameters, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        Assert.True(colon > 0, line);
        var end = line.AsSpan(0, colon).IndexOf(';');
        return (line[..(end < 0 ? colon : end)], end < 0 ? "" : line[end..colon], line[(colon + 1)..]);
    }

    private static string ValueOf(string name, string value)
    {
        switch (name)
        {
            case "DTSTART":
                Assert.True(DateOnly.TryParseExact(value, "yyyyMMdd", out _), value);
                return value;
            case "DTSTAMP" or "LAST-MODIFIED":
                Assert.True(DateTime.TryParseExact(value, "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.None, out _), value);
                return value;
            case "STATUS":
                Assert.Contains(value, (string[])["TENTATIVE", "CONFIRMED", "CANCELLED"]);
                return value;
            case "URL" or "PRODID" or "TRANSP" or "VERSION" or "CALSCALE" or "METHOD" or "REFRESH-INTERVAL" or "X-PUBLISHED-TTL":
                return value;
            default:
                return Text(value);
        }
    }

    private static string Text(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            Assert.False(value[i] is ';' or ',', $"not escaped: {value}");
            text.Append(value[i] != '\\' ? value[i] : value[++i] switch { 'n' or 'N' => '\n', '\\' or ';' or ',' => value[i], _ => throw new FormatException(value) });
        }

        return text.ToString();
    }
}
