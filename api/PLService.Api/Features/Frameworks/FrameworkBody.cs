using System.Collections.Frozen;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>A framework's details in its CFDocument, and back.</summary>
internal static class FrameworkBody
{
    /// <summary>Members of a CFDocument that have one of their own in <see cref="FrameworkResponse"/>.</summary>
    public static readonly FrozenSet<string> Known =
    [
        "identifier", "uri", "title", "creator", "publisher", "description", "language", "version", "adoptionStatus", "statusStartDate", "statusEndDate",
        "licenseURI", "officialSourceURL", "subject", "notes", "lastChangeDateTime",
    ];

    /// <summary>What a framework says of itself.</summary>
    /// <param name="body">The CFDocument.</param>
    /// <param name="licence">The CFLicense that it names, when it is known.</param>
    /// <param name="titled">What takes it.</param>
    public static T Read<T>(string body, string? licence, T titled)
        where T : FrameworkDetails
    {
        var document = CaseObject.Read(body);
        return titled with
        {
            Creator = document.Text("creator") ?? "",
            Publisher = document.Text("publisher"),
            Description = document.Text("description"),
            Language = document.Text("language"),
            VersionLabel = document.Text("version"),
            AdoptionStatus = document.Text("adoptionStatus"),
            StatusStartDate = document.Date("statusStartDate"),
            StatusEndDate = document.Date("statusEndDate"),
            Licence = LicenceOf(document, licence),
            OfficialSourceUrl = document.Text("officialSourceURL"),
            Subjects = document.Texts("subject") is { Count: > 0 } subjects ? subjects : null,
            Notes = document.Text("notes"),
        };
    }

    /// <summary>Says it in the CFDocument, the licence left out.</summary>
    public static CaseObject Write(CaseObject document, FrameworkDetails details)
    {
        if (!document.Texts("subject").SequenceEqual(details.Subjects ?? []))
            document.With("subjectURI", (CaseLink?)null);
        return document
            .With("title", details.Title)
            .With("creator", details.Creator)
            .With("publisher", details.Publisher)
            .With("description", details.Description)
            .With("language", details.Language)
            .With("version", details.VersionLabel)
            .With("adoptionStatus", details.AdoptionStatus)
            .With("statusStartDate", details.StatusStartDate)
            .With("statusEndDate", details.StatusEndDate)
            .With("officialSourceURL", details.OfficialSourceUrl)
            .With("subject", details.Subjects)
            .With("notes", details.Notes);
    }

    /// <summary>A CFLicense with its link.</summary>
    public static (FrameworkDefinition Definition, CaseLink Link) NewLicence(Guid frameworkId, int position, FrameworkLicence licence, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        var uri = licence.Uri ?? CaseAddresses.Own(CaseBodies.Licenses, id);
        var body = CaseObject.New(CaseBodies.Licenses, id, now).With("uri", uri).With("title", licence.Title).With("licenseText", licence.Text);
        return (FrameworkDefinition.Create(id, frameworkId, DefinitionKind.License, position, licence.Title, body.Write()), new(licence.Title, id.ToString(), uri));
    }

    private static FrameworkLicence? LicenceOf(CaseObject document, string? licence)
    {
        if (document.Link("licenseURI") is not { } link)
            return null;
        var known = licence is null ? null : CaseObject.Read(licence);
        // An address of this installation says where the CFLicense is, not where its text can be read.
        var uri = link.Uri.StartsWith("http", StringComparison.Ordinal) ? link.Uri : null;
        return new(known?.Text("title") ?? link.Title, known?.Text("licenseText") ?? link.Title, uri);
    }
}
