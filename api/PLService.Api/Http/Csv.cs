using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace PLService.Api.Http;

/// <summary>How a report is written down.</summary>
public enum ReportFormat
{
    Json,
    Csv,
}

/// <summary>Answers as CSV (RFC 4180, UTF-8): what spreadsheets and scripts read.</summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    /// <summary>True when the query says so, or Accept prefers text/csv to JSON.</summary>
    public static bool IsWanted(ReportFormat? format, HttpRequest request) => format is { } said
        ? said is ReportFormat.Csv
        : MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && QualityOf(MediaType, accepted) > QualityOf("application/json", accepted);

    /// <summary>A file of one header line and a line per row.</summary>
    public static FileContentHttpResult File(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder();
        AppendLine(text, header);
        foreach (var row in rows)
            AppendLine(text, row);
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), MediaType + "; charset=utf-8", name);
    }

    /// <summary>
    /// One cell. Text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets hide; numbers stay numbers.
    /// </summary>
    public static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string words => words is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + words : words,
            bool yes => yes ? "true" : "false",
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Enum named => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(named.ToString()),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }

    private static void AppendLine(StringBuilder text, IReadOnlyList<object?> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static double QualityOf(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var wanted = new MediaTypeHeaderValue(type);
        // The most specific range decides: "text/csv;q=0.5, */*" prefers anything else.
        return accepted.Where(range => wanted.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1).FirstOrDefault();
    }
}
