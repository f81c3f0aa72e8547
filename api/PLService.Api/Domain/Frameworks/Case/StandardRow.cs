namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>A statement as a row of a table. What is null was not in the table and stays as it is; what is blank is taken away.</summary>
internal sealed record StandardRow(int Line)
{
    public string? Identifier { get; init; }
    public string? Code { get; init; }
    public string? Label { get; init; }
    public string? Statement { get; init; }
    public string? ItemType { get; init; }
    public string? ParentIdentifier { get; init; }
    public string? ParentCode { get; init; }
    public string? Sequence { get; init; }
    public string? Language { get; init; }
    public string? EducationLevels { get; init; }
    public string? Subjects { get; init; }
    public string? Notes { get; init; }
}

/// <summary>The columns of a table of standards.</summary>
internal static class StandardColumns
{
    /// <summary>Between several values in one cell.</summary>
    public const char Separator = ';';

    /// <summary>Name of each column, what it reads from a row, and how a row takes it.</summary>
    public static readonly IReadOnlyList<(string Name, Func<StandardRow, string?> Read, Func<StandardRow, string, StandardRow> With)> All =
    [
        ("identifier", row => row.Identifier, (row, text) => row with { Identifier = text }),
        ("code", row => row.Code, (row, text) => row with { Code = text }),
        ("label", row => row.Label, (row, text) => row with { Label = text }),
        ("statement", row => row.Statement, (row, text) => row with { Statement = text }),
        ("itemType", row => row.ItemType, (row, text) => row with { ItemType = text }),
        ("parentIdentifier", row => row.ParentIdentifier, (row, text) => row with { ParentIdentifier = text }),
        ("parentCode", row => row.ParentCode, (row, text) => row with { ParentCode = text }),
        ("sequence", row => row.Sequence, (row, text) => row with { Sequence = text }),
        ("language", row => row.Language, (row, text) => row with { Language = text }),
        ("educationLevels", row => row.EducationLevels, (row, text) => row with { EducationLevels = text }),
        ("subjects", row => row.Subjects, (row, text) => row with { Subjects = text }),
        ("notes", row => row.Notes, (row, text) => row with { Notes = text }),
    ];
}
