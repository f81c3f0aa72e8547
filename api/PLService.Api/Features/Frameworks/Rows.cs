using Npgsql;

namespace PLService.Api.Features.Frameworks;

/// <summary>Values of a row that may be missing.</summary>
internal static class Rows
{
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateOnly? DateOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    public static Guid? IdOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    /// <summary>A day that is kept as text; null when the text is none.</summary>
    public static DateOnly? DayOrNull(this NpgsqlDataReader row, int column) =>
        DateOnly.TryParseExact(row.TextOrNull(column), "yyyy-MM-dd", out var day) ? day : null;
}
