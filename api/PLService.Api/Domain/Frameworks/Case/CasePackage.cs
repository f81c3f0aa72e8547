namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>A package as it is stored: every object a body of CASE 1.1, and what columns repeat of it.</summary>
internal sealed class CasePackage
{
    /// <summary>The CFDocument; its identifier is the framework's.</summary>
    public required CaseDocument Document { get; init; }

    public List<CaseItem> Items { get; init; } = [];
    public List<CaseAssociation> Associations { get; init; } = [];
    public List<CaseDefinition> Definitions { get; init; } = [];
    public List<CaseRubric> Rubrics { get; init; } = [];

    /// <summary>The <c>extensions</c> of the package; null without any.</summary>
    public string? PackageExtensions { get; init; }

    /// <summary>The <c>extensions</c> of its definitions; null without any.</summary>
    public string? DefinitionExtensions { get; init; }
}

internal sealed record CaseDocument(Guid Id, string Title, string Body);

internal sealed record CaseItem(Guid Id, StandardWording Wording, string? ItemType, string Body);

internal sealed record CaseAssociation(Guid Id, string Type, Guid? OriginId, Guid? DestinationId, int? SequenceNumber, string Body);

internal sealed record CaseDefinition(Guid Id, DefinitionKind Kind, string Title, string Body);

internal sealed record CaseRubric(Guid Id, string? Title, string Body);

/// <summary>Something that was not as CASE 1.1 wants it and was mended, or is worth a look.</summary>
/// <param name="Code">Kind of warning; stable.</param>
/// <param name="Pointer">JSON Pointer to the first place.</param>
/// <param name="Detail">What was found there and what was made of it.</param>
/// <param name="Count">In how many places.</param>
internal sealed record CaseWarning(string Code, string Pointer, string Detail, int Count);

/// <summary>What was made of a file.</summary>
/// <param name="Package">The package; null when there are faults.</param>
/// <param name="Faults">What is wrong with it.</param>
/// <param name="Warnings">What was mended.</param>
internal sealed record CaseReading(CasePackage? Package, IReadOnlyList<Instruments.Fault> Faults, IReadOnlyList<CaseWarning> Warnings);
