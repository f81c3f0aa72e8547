using System.Text.Json;
using PLService.Api.Domain;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>A standard with its place in the framework.</summary>
public sealed record StandardResponse : StandardDetails, IVersioned
{
    /// <summary>The CASE identifier; it never changes, whatever the standard is called.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its CASE address.</summary>
    public required string Uri { get; init; }

    /// <summary>The framework.</summary>
    public required NamedFramework Framework { get; init; }

    /// <summary>The standards above it, topmost first; those above its first place where it has several.</summary>
    public required IReadOnlyList<NamedStandard> Ancestors { get; init; }

    /// <summary>Ids of the standards that it stands directly below; none at the top, several in some frameworks.</summary>
    public required IReadOnlyList<Guid> ParentIds { get; init; }

    /// <summary>How many standards stand directly below it.</summary>
    public required int Children { get; init; }

    /// <summary>The standards that replace it.</summary>
    public required IReadOnlyList<NamedStandard> ReplacedBy { get; init; }

    /// <summary>The licence of this very standard, where it has another than its framework.</summary>
    public required CaseReference? Licence { get; init; }

    /// <summary>Members of the CFItem that have no place of their own here, as they came: <c>extensions</c>; null when there are none.</summary>
    public required JsonElement? More { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public required long Version { get; init; }

    internal static readonly NamedStandard SampleReference = new(
        Guid.Parse("5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69"), "LEA", "Leadership", "Leaders make time for professional learning and take part in it.", "cedar-2026");

    internal static readonly StandardResponse Sample = new()
    {
        Id = SampleReference.Id,
        Uri = $"https://pl.example.org/ims/case/v1p1/CFItems/{SampleReference.Id}",
        Framework = FrameworkResponse.SampleReference,
        Code = SampleReference.Code,
        Label = SampleReference.Label,
        Statement = SampleReference.Statement,
        ItemType = "Standard",
        Ancestors = [new(Guid.Parse("7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d"), "C", "Conditions for success", "Conditions for success", "cedar-2026")],
        ParentIds = [Guid.Parse("7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d")],
        Children = 3,
        ReplacedBy = [],
        Licence = null,
        More = null,
        CreatedAt = FrameworkResponse.SampleTime,
        UpdatedAt = FrameworkResponse.SampleTime,
        Version = 1,
    };
}

/// <summary>Names a standard.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="Code">How people cite it.</param>
/// <param name="Label">A short form.</param>
/// <param name="Statement">The whole text.</param>
/// <param name="FrameworkCode">Code of its framework.</param>
public sealed record NamedStandard(Guid Id, string? Code, string? Label, string Statement, string FrameworkCode);

/// <summary>A link of CASE.</summary>
/// <param name="Title">What it leads to.</param>
/// <param name="Uri">Where that is.</param>
public sealed record CaseReference(string Title, string Uri);
