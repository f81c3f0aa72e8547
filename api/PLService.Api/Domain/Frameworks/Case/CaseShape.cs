using System.Collections.Frozen;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>What a member of a CASE object holds.</summary>
internal enum CaseType
{
    Text,
    Uuid,
    Time,
    Date,
    Integer,
    Number,

    /// <summary>Always <c>1.1</c>.</summary>
    Version,
    AssociationType,
    Texts,

    /// <summary>A LinkURI, whose identifier is a UUID.</summary>
    Link,
    Links,

    /// <summary>A LinkGenURI: it may lead outside of CASE, so that its identifier is any text.</summary>
    GeneralLink,

    /// <summary>Objects of a class of their own.</summary>
    Children,

    /// <summary>One object for whatever CASE does not name.</summary>
    Extensions,

    /// <summary>The same as a list of objects, as levels of rubrics have it.</summary>
    ExtensionList,
}

/// <summary>A member of a CASE object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">Whether an object without it is none.</param>
/// <param name="Of">The class of its objects.</param>
internal sealed record CaseMember(string Name, CaseType Type, bool Required = false, CaseShape? Of = null);

/// <summary>A class of CASE 1.1 as it stands in a package; outside of one an item has its <c>CFDocumentURI</c> and a document its <c>CFPackageURI</c> besides.</summary>
internal sealed class CaseShape
{
    private readonly FrozenDictionary<string, CaseMember> _byName;

    public CaseShape(string name, string collection, params CaseMember[] members)
    {
        (Name, Collection) = (name, collection);
        Members =
        [
            new("identifier", CaseType.Uuid, true),
            new("uri", CaseType.Text, true),
            .. members,
            new("lastChangeDateTime", CaseType.Time, true),
            new("extensions", name == "CFRubricCriterionLevel" ? CaseType.ExtensionList : CaseType.Extensions),
        ];
        _byName = Members.ToFrozenDictionary(member => member.Name, StringComparer.Ordinal);
    }

    /// <summary>The class: <c>CFItem</c>.</summary>
    public string Name { get; }

    /// <summary>Where its objects stand in packages and addresses: <c>CFItems</c>.</summary>
    public string Collection { get; }

    public IReadOnlyList<CaseMember> Members { get; }

    public CaseMember? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>The classes of CASE 1.1.</summary>
internal static class CaseShapes
{
    public static readonly CaseShape Document = new(
        "CFDocument", "CFDocuments",
        Text("frameworkType"), new("caseVersion", CaseType.Version), Text("creator", true), Text("title", true), Text("officialSourceURL"), Text("publisher"),
        Text("description"), Texts("subject"), Links("subjectURI"), Text("language"), Text("version"), Text("adoptionStatus"), Date("statusStartDate"),
        Date("statusEndDate"), Link("licenseURI"), Text("notes"));

    public static readonly CaseShape Item = new(
        "CFItem", "CFItems",
        Text("fullStatement", true), Text("alternativeLabel"), Text("CFItemType"), Text("humanCodingScheme"), Text("listEnumeration"), Text("abbreviatedStatement"),
        Texts("conceptKeywords"), Link("conceptKeywordsURI"), Text("notes"), Texts("subject"), Links("subjectURI"), Text("language"), Texts("educationLevel"),
        Link("CFItemTypeURI"), Link("licenseURI"), Date("statusStartDate"), Date("statusEndDate"));

    public static readonly CaseShape Association = new(
        "CFAssociation", "CFAssociations",
        new("associationType", CaseType.AssociationType, true), new("sequenceNumber", CaseType.Integer), new("originNodeURI", CaseType.GeneralLink, true),
        new("destinationNodeURI", CaseType.GeneralLink, true), Link("CFAssociationGroupingURI"), Text("notes"));

    public static readonly CaseShape Concept = new(
        "CFConcept", "CFConcepts", Text("title", true), Text("keywords"), Text("hierarchyCode", true), Text("description"));

    public static readonly CaseShape Subject = new("CFSubject", "CFSubjects", Text("title", true), Text("hierarchyCode", true), Text("description"));

    public static readonly CaseShape License = new("CFLicense", "CFLicenses", Text("title", true), Text("description"), Text("licenseText", true));

    public static readonly CaseShape ItemType = new(
        "CFItemType", "CFItemTypes", Text("title", true), Text("description", true), Text("hierarchyCode", true), Text("typeCode"));

    public static readonly CaseShape Grouping = new("CFAssociationGrouping", "CFAssociationGroupings", Text("title", true), Text("description"));

    public static readonly CaseShape Level = new(
        "CFRubricCriterionLevel", "CFRubricCriterionLevels",
        Text("description"), Text("quality"), new("score", CaseType.Number), Text("feedback"), new("position", CaseType.Integer), new("rubricCriterionId", CaseType.Uuid));

    public static readonly CaseShape Criterion = new(
        "CFRubricCriterion", "CFRubricCriteria",
        Text("category"), Text("description"), Link("CFItemURI"), new("weight", CaseType.Number), new("position", CaseType.Integer), new("rubricId", CaseType.Uuid),
        new("CFRubricCriterionLevels", CaseType.Children, false, Level));

    public static readonly CaseShape Rubric = new(
        "CFRubric", "CFRubrics", Text("title"), Text("description"), new("CFRubricCriteria", CaseType.Children, false, Criterion));

    /// <summary>The kinds of definitions, in the order of a package.</summary>
    public static readonly IReadOnlyList<(DefinitionKind Kind, CaseShape Shape)> Definitions =
    [
        (DefinitionKind.Concept, Concept), (DefinitionKind.Subject, Subject), (DefinitionKind.License, License), (DefinitionKind.ItemType, ItemType),
        (DefinitionKind.AssociationGrouping, Grouping),
    ];

    /// <summary>The class of a kind of definition.</summary>
    public static CaseShape Of(DefinitionKind kind) => Definitions.First(definition => definition.Kind == kind).Shape;

    private static CaseMember Text(string name, bool required = false) => new(name, CaseType.Text, required);

    private static CaseMember Texts(string name) => new(name, CaseType.Texts);

    private static CaseMember Date(string name) => new(name, CaseType.Date);

    private static CaseMember Link(string name) => new(name, CaseType.Link);

    private static CaseMember Links(string name) => new(name, CaseType.Links);
}
