using System.Text;

namespace PLService.Api.Features.Imports.Reading;

internal enum ImportSeverity
{
    /// <summary>The record is taken, or says nothing new.</summary>
    Warning,

    /// <summary>The record is rejected, or with record 0 the whole file.</summary>
    Error,
}

/// <summary>One thing that is wrong in a file, precise enough to be found and mended there.</summary>
/// <param name="Severity">Whether it keeps the record out.</param>
/// <param name="Code">One of <see cref="ImportCodes"/>.</param>
/// <param name="Detail">What is wrong and what helps, for a person.</param>
/// <param name="Line">The physical line on which the record starts, from 1; 0 when the file as a whole is meant.</param>
/// <param name="Record">The record, from 1, the header and blank lines not counted; 0 for the header and the file as a whole.</param>
/// <param name="Column">The column as the file names it; null when the whole record is meant.</param>
/// <param name="Value">What stands there, cut to <see cref="ValueCharacters"/> characters.</param>
internal sealed record ImportIssue(
    ImportSeverity Severity, string Code, string Detail, long Line, long Record, string? Column = null, string? Value = null)
{
    public const int ValueCharacters = 100;

    public static string Cut(string value) =>
        value.Length <= ValueCharacters ? value
        : value[..(char.IsHighSurrogate(value[ValueCharacters - 1]) ? ValueCharacters - 1 : ValueCharacters)];

    // Four bytes hold the longest character, so no more of a long cell is ever decoded. Bytes that are not UTF-8 are shown as
    // Windows would show them, because that is where nearly all of them come from.
    public static string Cut(ReadOnlySpan<byte> value)
    {
        var head = value[..Math.Min(value.Length, ValueCharacters * 4)];
        var cutInside = head.Length < value.Length;
        return Cut(cutInside || System.Text.Unicode.Utf8.IsValid(head) ? Encoding.UTF8.GetString(head) : Encoding.Latin1.GetString(head));
    }
}

/// <summary>The file as a whole cannot be taken; whatever was read from it before has to be discarded.</summary>
internal sealed class ImportFileException(IReadOnlyList<ImportIssue> issues, Exception? inner = null)
    : Exception(issues[0].Detail, inner)
{
    public ImportFileException(string code, string detail, long line = 0, long record = 0, string? column = null, string? value = null,
        Exception? inner = null)
        : this([new(ImportSeverity.Error, code, detail, line, record, column, value)], inner)
    {
    }

    /// <summary>At least one; all missing and unknown columns of a header come together.</summary>
    public IReadOnlyList<ImportIssue> Issues { get; } = issues;
}
