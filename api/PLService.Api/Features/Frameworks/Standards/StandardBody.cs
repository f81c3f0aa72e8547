using System.Collections.Frozen;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>A standard's details in its CFItem, and back.</summary>
internal static class StandardBody
{
    /// <summary>Members of a CFItem that have one of their own in <see cref="StandardResponse"/>.</summary>
    public static readonly FrozenSet<string> Known =
    [
        "identifier", "uri", "fullStatement", "humanCodingScheme", "abbreviatedStatement", "alternativeLabel", "CFItemType", "listEnumeration", "language", "subject",
        "educationLevel", "conceptKeywords", "notes", "statusStartDate", "statusEndDate", "licenseURI", "lastChangeDateTime",
    ];

    /// <summary>What a standard says besides its name.</summary>
    public static T Read<T>(CaseObject item, T named)
        where T : StandardDetails => named with
        {
            AlternativeLabel = item.Text("alternativeLabel"),
            ListEnumeration = item.Text("listEnumeration"),
            Language = item.Text("language"),
            Subjects = Listed(item.Texts("subject")),
            EducationLevels = Listed(item.Texts("educationLevel")),
            Keywords = Listed(item.Texts("conceptKeywords")),
            Notes = item.Text("notes"),
            StatusStartDate = item.Date("statusStartDate"),
            StatusEndDate = item.Date("statusEndDate"),
        };

    /// <summary>Says it in the CFItem. A link to what a word means goes when the word does.</summary>
    public static CaseObject Write(CaseObject item, StandardDetails details)
    {
        if (item.Text("CFItemType") != details.ItemType)
            item.With("CFItemTypeURI", (CaseLink?)null);
        if (!item.Texts("subject").SequenceEqual(details.Subjects ?? []))
            item.With("subjectURI", (CaseLink?)null);
        if (!item.Texts("conceptKeywords").SequenceEqual(details.Keywords ?? []))
            item.With("conceptKeywordsURI", (CaseLink?)null);
        return CaseBodies.Reword(item, WordingOf(details), details.ItemType)
            .With("alternativeLabel", details.AlternativeLabel)
            .With("listEnumeration", details.ListEnumeration)
            .With("language", details.Language)
            .With("subject", details.Subjects)
            .With("educationLevel", details.EducationLevels)
            .With("conceptKeywords", details.Keywords)
            .With("notes", details.Notes)
            .With("statusStartDate", details.StatusStartDate)
            .With("statusEndDate", details.StatusEndDate);
    }

    public static StandardWording WordingOf(StandardDetails details) => new(details.Code, details.Statement, details.Label);

    private static IReadOnlyList<string>? Listed(IReadOnlyList<string> texts) => texts.Count > 0 ? texts : null;
}
