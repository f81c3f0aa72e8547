using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Makes packages at random: every member of every class now and then, odd texts, several parents, links that lead outside.</summary>
internal sealed class PackageMaker(int seed)
{
    private readonly Random _random = new(seed);

    public JsonObject Make()
    {
        var document = Object("CFDocuments", ("creator", Text()), ("title", Text()));
        Maybe(document, ("frameworkType", Text), ("caseVersion", () => "1.1"), ("officialSourceURL", Text), ("publisher", Text), ("description", Text), ("subject", Texts), ("subjectURI", Links),
            ("language", Text), ("version", Text), ("adoptionStatus", Text), ("statusStartDate", Date), ("statusEndDate", Date), ("licenseURI", Link), ("notes", Text), ("extensions", Free));
        var items = Many(_random.Next(0, 40), Item);
        var package = new JsonObject { ["CFDocument"] = document, ["CFItems"] = items, ["CFAssociations"] = Associations(document, items) };
        if (_random.Next(4) > 0)
            package["CFDefinitions"] = Definitions();
        if (_random.Next(3) > 0)
            package["CFRubrics"] = Many(_random.Next(0, 4), Rubric);
        if (_random.Next(3) == 0)
            package["extensions"] = Free();
        return package;
    }

    private JsonObject Item()
    {
        var item = Object("CFItems", ("fullStatement", Text()));
        Maybe(item, ("alternativeLabel", Text), ("CFItemType", Text), ("humanCodingScheme", Text), ("listEnumeration", Text), ("abbreviatedStatement", Text), ("conceptKeywords", Texts),
            ("conceptKeywordsURI", Link), ("notes", Text), ("subject", Texts), ("subjectURI", Links), ("language", Text), ("educationLevel", Texts), ("CFItemTypeURI", Link), ("licenseURI", Link),
            ("statusStartDate", Date), ("statusEndDate", Date), ("extensions", Free));
        return item;
    }

    private JsonArray Associations(JsonObject document, JsonArray items)
    {
        var associations = new JsonArray();
        for (var i = 0; i < items.Count; i++)
        {
            // A parent comes before its children, so that nothing goes round.
            for (var parents = _random.Next(0, 3); parents > 0; parents--)
                associations.Add((JsonNode)Association("isChildOf", To(items[i]!), _random.Next(3) == 0 || i == 0 ? To(document) : To(items[_random.Next(i)]!)));
            if (_random.Next(4) == 0)
                associations.Add((JsonNode)Association(new[] { "exactMatchOf", "isRelatedTo", "replacedBy", "ext:near_to", "isTranslationOf" }[_random.Next(5)], To(items[i]!), General()));
        }

        return associations;
    }

    private JsonObject Association(string type, JsonObject origin, JsonObject destination)
    {
        var association = Object("CFAssociations", ("associationType", type), ("originNodeURI", origin), ("destinationNodeURI", destination));
        Maybe(association, ("sequenceNumber", () => _random.Next(-5, 1000)), ("CFAssociationGroupingURI", Link), ("notes", Text), ("extensions", Free));
        return association;
    }

    private JsonObject Definitions()
    {
        var definitions = new JsonObject
        {
            ["CFConcepts"] = Many(_random.Next(0, 3), () => Maybe(Object("CFConcepts", ("title", Text()), ("hierarchyCode", Text())), ("keywords", Text), ("description", Text), ("extensions", Free))),
            ["CFSubjects"] = Many(_random.Next(0, 3), () => Maybe(Object("CFSubjects", ("title", Text()), ("hierarchyCode", Text())), ("description", Text), ("extensions", Free))),
            ["CFLicenses"] = Many(_random.Next(0, 3), () => Maybe(Object("CFLicenses", ("title", Text()), ("licenseText", Text())), ("description", Text), ("extensions", Free))),
            ["CFItemTypes"] = Many(_random.Next(0, 3), () => Maybe(Object("CFItemTypes", ("title", Text()), ("description", Text()), ("hierarchyCode", Text())), ("typeCode", Text), ("extensions", Free))),
            ["CFAssociationGroupings"] = Many(_random.Next(0, 3), () => Maybe(Object("CFAssociationGroupings", ("title", Text())), ("description", Text), ("extensions", Free))),
        };
        return Maybe(definitions, ("extensions", Free));
    }

    private JsonObject Rubric() => Maybe(
        Object("CFRubrics"), ("title", Text), ("description", Text), ("extensions", Free),
        ("CFRubricCriteria", () => Many(_random.Next(1, 4), () => Maybe(
            Object("CFRubricCriteria"), ("category", Text), ("description", Text), ("CFItemURI", Link), ("weight", Number), ("position", () => _random.Next(9)), ("rubricId", () => $"{Id()}"), ("extensions", Free),
            ("CFRubricCriterionLevels", () => Many(_random.Next(1, 4), () => Maybe(
                Object("CFRubricCriterionLevels"), ("description", Text), ("quality", Text), ("score", Number), ("feedback", Text), ("position", () => _random.Next(9)), ("rubricCriterionId", () => $"{Id()}"),
                ("extensions", () => new JsonArray(Free(), Free())))))))));

    private JsonObject Object(string collection, params (string Name, JsonNode Value)[] members)
    {
        var made = CasePackages.Object(collection, Id());
        made["lastChangeDateTime"] = new[] { "2026-09-01T15:00:00Z", "2019-02-28T23:59:59.123+05:30", "2020-01-01T00:00:00-08:00" }[_random.Next(3)];
        foreach (var (name, value) in members)
            made[name] = value;
        return made;
    }

    private JsonObject Maybe(JsonObject target, params (string Name, Func<JsonNode> Value)[] members)
    {
        foreach (var (name, value) in members)
        {
            if (_random.Next(2) == 0)
                target[name] = value();
        }

        return target;
    }

    private static JsonArray Many(int count, Func<JsonObject> make) => new([.. Enumerable.Range(0, count).Select(_ => make())]);

    private Guid Id()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    private JsonNode Text() => new[]
    {
        "plain", "", " with  spaces ", "Größe – ñ 漢字 🙂", "line\nbreak\ttab", "quote \" and \\ and /", "<b>&amp;</b>", "=1+1", "'", "plservice", new string('x', 300), "\u2028", "null", "3",
    }[_random.Next(14)];

    private JsonArray Texts() => new([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Text())]);

    private JsonNode Date() => new[] { "2024-02-29", "1999-12-31", "2030-07-01" }[_random.Next(3)];

    private JsonNode Number() => JsonNode.Parse(new[] { "0", "1", "-2.5", "0.1", "1e3", "12345678901234567890", "1.10" }[_random.Next(7)])!;

    private JsonObject Link() => To(Object("CFItems"));

    private JsonArray Links() => new([.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Link())]);

    private JsonObject General() => _random.Next(2) == 0
        ? new() { ["title"] = Text(), ["identifier"] = "PLATO-7", ["uri"] = "https://elsewhere.example.org/7", ["targetType"] = "ext:site" }
        : Link();

    private static JsonObject To(JsonNode target) => new() { ["title"] = "t", ["identifier"] = target["identifier"]!.DeepClone(), ["uri"] = target["uri"]!.DeepClone() };

    private JsonObject Free() => new()
    {
        [new[] { "a", "CFDocumentURI", "x.y", "ext:z", "" }[_random.Next(5)]] = new JsonArray(Number(), Text(), null, new JsonObject { ["deep"] = new JsonArray(true, Number()) }),
        ["n"] = null,
    };
}
