namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>What was found of a roster when it came, beside its rows. It is kept with the options of the import.</summary>
internal sealed record RosterFindings
{
    /// <summary>The system of the outside ids.</summary>
    public string System { get; init; } = "";

    /// <summary>Whether the file has all organizations of the source.</summary>
    public bool HasAllOrganizations { get; init; }

    /// <summary>Whether the file has all staff of the source, so that whoever is missing has left.</summary>
    public bool HasAllPeople { get; init; }

    /// <summary>Users who are none of the staff.</summary>
    public long Ignored { get; init; }

    /// <summary>Notes, or what keeps the file from being taken.</summary>
    public IReadOnlyList<ImportIssue> Issues { get; init; } = [];

    /// <summary>Whether the file as a whole cannot be taken.</summary>
    public bool IsUnreadable { get; init; }

    public static RosterFindings Of(ImportFileException fault) => new() { Issues = fault.Issues, IsUnreadable = true };
}
