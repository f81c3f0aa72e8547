using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>What became of a file of standards, or would become of it.</summary>
/// <param name="DryRun">True when nothing was stored.</param>
/// <param name="Created">True when the framework is new.</param>
/// <param name="Id">The framework's CASE identifier.</param>
/// <param name="Code">Its short name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Version">Its version afterwards; the same as before when the file said nothing new.</param>
/// <param name="Items">What became of statements.</param>
/// <param name="Associations">What became of links between them, those of the tree included.</param>
/// <param name="Definitions">What became of concepts, subjects, licences, item types and groupings.</param>
/// <param name="Rubrics">What became of rubrics.</param>
/// <param name="ChangeCount">How many objects changed, or are missing in the file.</param>
/// <param name="Changes">The first thousand of these.</param>
/// <param name="Warnings">What was not as CASE 1.1 wants it and was mended.</param>
internal sealed record FrameworkImportResponse(
    bool DryRun,
    bool Created,
    Guid Id,
    string Code,
    string Title,
    FrameworkStatus Status,
    long Version,
    FrameworkImportCounts Items,
    FrameworkImportCounts Associations,
    FrameworkImportCounts Definitions,
    FrameworkImportCounts Rubrics,
    int ChangeCount,
    IReadOnlyList<FrameworkImportChange> Changes,
    IReadOnlyList<FrameworkImportWarning> Warnings)
{
    internal static readonly FrameworkImportResponse Sample = new(
        false, false, Guid.Parse("6a1f0c52-7d0e-4f0b-9a55-0d1c2e3f4a5b"), "example-state", "Example State Standards for Professional Learning", FrameworkStatus.Published, 2,
        new(0, 1, 7, 0, 0, 0), new(0, 0, 8, 0, 0, 0), new(0, 0, 1, 0, 0, 0), new(0, 0, 0, 0, 0, 0), 1,
        [new(PackagePart.Item, Guid.Parse("0b7e1d93-2c4f-4a68-8f31-5d6e7f809a1b"), PackageOutcome.Updated, "DAT Data", "EV Evidence")],
        [new("case.list_expected", "/CFItems/0/educationLevel", "educationLevel is a list and was \"06,07\".", 8)]);

    internal static FrameworkImportResponse Of(PackageResult result, IReadOnlyList<CaseWarning> warnings, bool dryRun) => new(
        dryRun, result.Created, result.FrameworkId, result.Code, result.Title, result.Status, result.Version,
        FrameworkImportCounts.Of(result[PackagePart.Item]), FrameworkImportCounts.Of(result[PackagePart.Association]),
        FrameworkImportCounts.Of(result[PackagePart.Definition]), FrameworkImportCounts.Of(result[PackagePart.Rubric]),
        result.ChangeCount,
        [.. result.Changes.Select(change => new FrameworkImportChange(change.Part, change.Id, change.Outcome, change.Was, change.Is))],
        [.. warnings.Select(warning => new FrameworkImportWarning(warning.Code, warning.Pointer, warning.Detail, warning.Count))]);
}

/// <summary>How many objects of one kind became what.</summary>
/// <param name="Created">New ones.</param>
/// <param name="Updated">Those that say something else now.</param>
/// <param name="Unchanged">Those that say what they said.</param>
/// <param name="Removed">Taken out, because the file does not have them any more.</param>
/// <param name="Ended">Not in the file any more, and kept with the day of their end, because the framework is published and people may have cited them.</param>
/// <param name="Kept">Not in the file any more, and kept as they were.</param>
internal sealed record FrameworkImportCounts(int Created, int Updated, int Unchanged, int Removed, int Ended, int Kept)
{
    internal static FrameworkImportCounts Of(PackageCounts counts) => new(
        counts[PackageOutcome.Created], counts[PackageOutcome.Updated], counts.Unchanged, counts[PackageOutcome.Removed], counts[PackageOutcome.Ended],
        counts[PackageOutcome.Kept]);
}

/// <summary>One object that changed.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Identifier">Its CASE identifier.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Was">What it was called; null when it is new.</param>
/// <param name="Is">What it is called now; null when it is gone.</param>
internal sealed record FrameworkImportChange(PackagePart Part, Guid Identifier, PackageOutcome Outcome, string? Was, string? Is);

/// <summary>Something that was mended, or is worth a look.</summary>
/// <param name="Code">Kind of warning; stable.</param>
/// <param name="Pointer">JSON Pointer to the first place, or the cell of a table.</param>
/// <param name="Detail">What was found there and what was made of it.</param>
/// <param name="Count">In how many places.</param>
internal sealed record FrameworkImportWarning(string Code, string Pointer, string Detail, int Count);
