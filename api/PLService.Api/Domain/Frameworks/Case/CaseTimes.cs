using System.Globalization;
using System.Text.RegularExpressions;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Times and dates as files write them, into the one form that the JSON Schema admits (RFC 3339).</summary>
internal static partial class CaseTimes
{
    /// <summary>A time in the form of RFC 3339, as it was where it had it; null when it is none. One without a zone is taken as UTC.</summary>
    public static string? Time(string text)
    {
        text = text.Trim();
        if (Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return text;
        return Starts().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
                : null;
    }

    /// <summary>A date; of a time its day as it is written. Null when it is none.</summary>
    public static string? Date(string text)
    {
        text = text.Trim();
        return Starts().IsMatch(text) && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && (text.Length == 10 || Time(text) is not null)
                ? text[..10]
                : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d")]
    private static partial Regex Starts();
}
