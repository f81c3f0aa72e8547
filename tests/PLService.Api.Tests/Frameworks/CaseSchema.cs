using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PLService.Api.Tests.Frameworks;

/// <summary>What the JSON Schema of CASE 1.1 demands, written down apart from the service's own table: * is required.</summary>
internal static partial class CaseSchema
{
    private const string Common = "identifier:uuid* uri:text* lastChangeDateTime:time* ";

    private static readonly Dictionary<string, string> Classes = new()
    {
        ["CFPackage"] = "CFDocument:CFDocument* CFItems:[CFItem] CFAssociations:[CFAssociation] CFDefinitions:CFDefinitions CFRubrics:[CFRubric] extensions:any",
        ["CFDefinitions"] = "CFConcepts:[CFConcept] CFSubjects:[CFSubject] CFLicenses:[CFLicense] CFItemTypes:[CFItemType] CFAssociationGroupings:[CFAssociationGrouping] extensions:any",
        ["CFDocument"] = Common + "frameworkType:text caseVersion:1.1 creator:text* title:text* officialSourceURL:text publisher:text description:text subject:[text] subjectURI:[Link] "
            + "language:text version:text adoptionStatus:text statusStartDate:date statusEndDate:date licenseURI:Link notes:text extensions:any",
        ["CFItem"] = Common + "fullStatement:text* alternativeLabel:text CFItemType:text humanCodingScheme:text listEnumeration:text abbreviatedStatement:text conceptKeywords:[text] "
            + "conceptKeywordsURI:Link notes:text subject:[text] subjectURI:[Link] language:text educationLevel:[text] CFItemTypeURI:Link licenseURI:Link statusStartDate:date statusEndDate:date extensions:any",
        ["CFAssociation"] = Common + "associationType:association* sequenceNumber:integer originNodeURI:GenLink* destinationNodeURI:GenLink* CFAssociationGroupingURI:Link notes:text extensions:any",
        ["CFConcept"] = Common + "title:text* keywords:text hierarchyCode:text* description:text extensions:any",
        ["CFSubject"] = Common + "title:text* hierarchyCode:text* description:text extensions:any",
        ["CFLicense"] = Common + "title:text* description:text licenseText:text* extensions:any",
        ["CFItemType"] = Common + "title:text* description:text* hierarchyCode:text* typeCode:text extensions:any",
        ["CFAssociationGrouping"] = Common + "title:text* description:text extensions:any",
        ["CFRubric"] = Common + "title:text description:text CFRubricCriteria:[CFRubricCriterion] extensions:any",
        ["CFRubricCriterion"] = Common + "category:text description:text CFItemURI:Link weight:number position:integer rubricId:uuid CFRubricCriterionLevels:[CFRubricCriterionLevel] extensions:any",
        ["CFRubricCriterionLevel"] = Common + "description:text quality:text score:number feedback:text position:integer rubricCriterionId:uuid extensions:[any]",
        ["Link"] = "title:text* identifier:uuid* uri:text*",
        ["GenLink"] = "title:text* identifier:text* uri:text* targetType:target",
    };

    public static IEnumerable<string> FaultsOf(string type, JsonNode? value, string place = "")
    {
        if (type == "any")
            return value is JsonObject ? [] : [$"{place} is no object"];
        if (type.StartsWith('['))
            return value is JsonArray list ? list.SelectMany((element, i) => FaultsOf(type[1..^1], element, $"{place}/{i}")) : [$"{place} is no list"];
        return Classes.TryGetValue(type, out var members) ? FaultsOfObject(members, value as JsonObject, place)
            : Fits(type, value) ? [] : [$"{place} is no {type}: {value?.ToJsonString()}"];
    }

    private static IEnumerable<string> FaultsOfObject(string members, JsonObject? value, string place)
    {
        if (value is null)
            return [$"{place} is no object"];
        var known = members.Split(' ').Select(member => member.Split(':')).ToDictionary(member => member[0], member => member[1]);
        return
        [
            .. known.Where(member => member.Value.EndsWith('*') && !value.ContainsKey(member.Key)).Select(member => $"{place}/{member.Key} is missing"),
            .. value.SelectMany(member => known.TryGetValue(member.Key, out var type) ? FaultsOf(type.TrimEnd('*'), member.Value, $"{place}/{member.Key}") : [$"{place}/{member.Key} is unknown"]),
        ];
    }

    private static bool Fits(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => !value!.ToJsonString().AsSpan().ContainsAny(".eE"),
        ("text", JsonValueKind.String) => true,
        ("uuid", JsonValueKind.String) => Uuid().IsMatch((string)value!),
        ("time", JsonValueKind.String) => Time().IsMatch((string)value!),
        ("date", JsonValueKind.String) => Date().IsMatch((string)value!),
        ("1.1", JsonValueKind.String) => (string)value! == "1.1",
        ("association", JsonValueKind.String) => Association().IsMatch((string)value!),
        ("target", JsonValueKind.String) => Target().IsMatch((string)value!),
        _ => false,
    };

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Date();

    [GeneratedRegex("^(isChildOf|isPeerOf|isPartOf|exactMatchOf|precedes|isRelatedTo|replacedBy|exemplar|hasSkillLevel|isTranslationOf)$|^ext:[a-zA-Z0-9._|]")]
    private static partial Regex Association();

    [GeneratedRegex("^CASE$|^ext:[a-zA-Z0-9._|]")]
    private static partial Regex Target();
}
