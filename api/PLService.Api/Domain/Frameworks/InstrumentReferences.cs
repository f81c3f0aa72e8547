using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks;

/// <summary>What a version of an instrument refers to: the alignments of its items.</summary>
internal static class InstrumentReferences
{
    /// <summary>The word for a version of an instrument among resources.</summary>
    public const string ResourceType = "instrument";

    /// <param name="versionId">The version.</param>
    /// <param name="document">Its document.</param>
    public static IReadOnlyList<StandardReference> Of(Guid versionId, InstrumentDocument document) =>
    [
        .. from section in document.Sections
           from item in section.Items
           // Of several relations of an item to one standard the first is shown.
           from alignment in (item.Alignments ?? []).DistinctBy(alignment => (alignment.Framework, alignment.Code))
           select new StandardReference
           {
               FrameworkCode = alignment.Framework,
               StandardCode = alignment.Code,
               ResourceType = ResourceType,
               ResourceId = versionId,
               Part = item.Code,
               Relation = alignment.Type,
               Title = $"{document.Title} {document.Version}",
               Address = $"/v1/instruments/{document.Code}/versions/{document.Version}",
           },
    ];
}
