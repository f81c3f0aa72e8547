using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace PLService.Api.Http;

/// <summary>Answers as CSV (RFC 4180, UTF-8): what spreadsheets and scripts read.</summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    private const string ContentType = MediaType + "; charset=utf-8";

    /// <summary>Whether Accept likes CSV better than JSON, which everybody else gets; says in Vary that the answer hangs on it.</summary>
    public static bool IsWanted(HttpRequest request) => Wanted.Best(request, "application/json", MediaType) == MediaType;

    /// <summary>A file of one header line and a line per row.</summary>
    /// <param name="name">Under which name it is saved.</param>
    /// <param name="rows">What the lines are made of.</param>
    /// <param name="columns">Header of each column, and its cell of a row.</param>
    /// <param name="tag">The state that the file shows; null when it has none.</param>
    public static FileContentHttpResult File<T>(
        string name, IEnumerable<T> rows, (string Header, Func<T, object?> Cell)[] columns, string? tag = null)
    {
        var text = new StringBuilder();
        AppendLine(text, columns.Select(column => Cell(column.Header)));
        foreach (var row in rows)
            AppendLine(text, columns.Select(column => Cell(column.Cell(row))));
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return TypedResults.File(bytes, ContentType, name, entityTag: tag is null ? null : new EntityTagHeaderValue($"\"{tag}\""));
    }

    /// <summary>
    /// One cell, written as JSON writes it. Text that a spreadsheet would take for a formula gets an apostrophe before it, which
    /// spreadsheets hide; numbers stay numbers.
    /// </summary>
    public static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string words => words is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + words : words,
            bool yes => yes ? "true" : "false",
            DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            Enum named => JsonNamingPolicy.CamelCase.ConvertName(named.ToString()),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells).Append("\r\n");
}
