namespace PLService.Api.Domain.Frameworks;

/// <summary>Makes the CASE objects of frameworks that are written here rather than imported.</summary>
internal static class CaseBodies
{
    public const string Documents = "CFDocuments";
    public const string Items = "CFItems";
    public const string Associations = "CFAssociations";
    public const string Licenses = "CFLicenses";
    public const string ItemTypes = "CFItemTypes";
    public const string Concepts = "CFConcepts";
    public const string Rubrics = "CFRubrics";

    /// <summary>A new CFDocument with what CASE requires of one.</summary>
    public static CaseObject Document(Guid id, string title, string creator, DateTimeOffset now) =>
        CaseObject.New(Documents, id, now).With("title", title).With("creator", creator).With("caseVersion", "1.1");

    /// <summary>A new CFItem.</summary>
    public static CaseObject Item(Guid id, StandardWording wording, string? itemType, DateTimeOffset now) => Reword(CaseObject.New(Items, id, now), wording, itemType);

    /// <summary>The wording in a CFItem.</summary>
    public static CaseObject Reword(CaseObject item, StandardWording wording, string? itemType) => item
        .With("fullStatement", wording.Statement)
        .With("humanCodingScheme", wording.Code)
        .With("abbreviatedStatement", wording.Label)
        .With("CFItemType", itemType);

    /// <summary>A new CFAssociation.</summary>
    public static CaseObject Association(Guid id, string type, CaseLink origin, CaseLink destination, int? sequenceNumber, DateTimeOffset now) =>
        CaseObject.New(Associations, id, now)
            .With("associationType", type)
            .With("originNodeURI", origin)
            .With("destinationNodeURI", destination)
            .With("sequenceNumber", sequenceNumber);

    /// <summary>A link to a statement.</summary>
    public static CaseLink LinkTo(Standard standard) =>
        new(standard.Label ?? standard.Code ?? Shorten(standard.Statement), standard.Id.ToString(), CaseObject.Read(standard.Body).Text("uri")!);

    /// <summary>A link to a framework as a whole.</summary>
    public static CaseLink LinkTo(Framework framework) => new(framework.Title, framework.Id.ToString(), CaseObject.Read(framework.Body).Text("uri")!);

    private static string Shorten(string statement) => statement.Length <= 80 ? statement : string.Concat(statement.AsSpan(0, 79), "…");
}
