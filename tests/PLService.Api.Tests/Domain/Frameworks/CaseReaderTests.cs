using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Tests.Frameworks;

namespace PLService.Api.Tests.Domain.Frameworks;

/// <summary>Files as other products write them.</summary>
public sealed class CaseReaderTests
{
    private static readonly Guid Doc = Guid.Parse("20c5134f-423d-4097-a971-3dd5152bf507");
    private static readonly Guid Item = Guid.Parse("5ff7c63a-4e0b-4d3a-8d5a-3c2ff1a0c111");

    private static JsonObject Document => new() { ["identifier"] = Doc.ToString(), ["uri"] = $"https://a.example.org/{Doc}", ["creator"] = "C", ["title"] = "T", ["lastChangeDateTime"] = "2019-05-08T12:00:00+00:00" };

    [Fact]
    public void A_package_in_good_order_is_taken_as_it_is()
    {
        var package = CasePackages.New("In order");

        var reading = CaseReader.Read(Encoding.UTF8.GetBytes(package.ToJsonString()), "https://ours.example.org");

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        Assert.True(CasePackages.Means(package["CFDocument"], JsonNode.Parse(reading.Package!.Document.Body)));
        Assert.All(package["CFItems"]!.AsArray().Zip(reading.Package.Items), pair => Assert.True(CasePackages.Means(pair.First, JsonNode.Parse(pair.Second.Body))));
        Assert.All(package["CFAssociations"]!.AsArray().Zip(reading.Package.Associations), pair => Assert.True(CasePackages.Means(pair.First, JsonNode.Parse(pair.Second.Body))));
        Assert.True(CasePackages.Means(package["CFRubrics"]![0], JsonNode.Parse(reading.Package.Rubrics.Single().Body)));
        Assert.Equal(6, reading.Package.Definitions.Count);
        Assert.Equal(("EV", "Evidence", "Standard"), (reading.Package.Items[1].Wording.Code, reading.Package.Items[1].Wording.Label, reading.Package.Items[1].ItemType));
    }

    /// <summary>A member of an item as it comes, and what becomes of it; a blank expectation is none, and * stands for extensions.</summary>
    [Theory]
    [InlineData("educationLevel", "\"06\"", """["06"]""", "case.list_expected")]
    [InlineData("educationLevel", "\"06,07, 08\"", """["06","07","08"]""", "case.list_expected")]
    [InlineData("educationLevel", "[6, \"07\", null]", """["6","07"]""", "case.text_expected")]
    [InlineData("notes", "null", "", null)]
    [InlineData("notes", "[\"one\"]", "\"one\"", "case.one_expected")]
    [InlineData("notes", "[\"one\",\"two\"]", """*["one","two"]""", "case.misfit")]
    [InlineData("humanCodingScheme", "3.10", "\"3.10\"", "case.mended")]
    [InlineData("lastChangeDateTime", "\"2019-05-08T12:00:00\"", "\"2019-05-08T12:00:00Z\"", "case.mended")]
    [InlineData("lastChangeDateTime", "\"2019-05-08 12:00:00.5\"", "\"2019-05-08T12:00:00.5Z\"", "case.mended")]
    [InlineData("lastChangeDateTime", "\"2019-05-08T12:00:00+0200\"", "\"2019-05-08T10:00:00Z\"", "case.mended")]
    [InlineData("lastChangeDateTime", "\"2019-05-08T12:00:00.123456+02:00\"", "\"2019-05-08T12:00:00.123456+02:00\"", null)]
    [InlineData("statusStartDate", "\"2019-05-08T00:00:00Z\"", "\"2019-05-08\"", "case.mended")]
    [InlineData("statusEndDate", "\"spring\"", "*\"spring\"", "case.misfit")]
    [InlineData("statusEndDate", "\"\"", "", null)]
    [InlineData("licenseURI", "\"https://a.example.org/CFLicenses/3a2b1c0d-0000-4000-8000-00000000000a\"",
        """{"title":"https://a.example.org/CFLicenses/3a2b1c0d-0000-4000-8000-00000000000a","identifier":"3a2b1c0d-0000-4000-8000-00000000000a","uri":"https://a.example.org/CFLicenses/3a2b1c0d-0000-4000-8000-00000000000a"}""", "case.link_expected")]
    [InlineData("licenseURI", """{"title":"","identifier":"","uri":""}""", "", null)]
    [InlineData("licenseURI", """{"title":"L","identifier":"3A2B1C0D-0000-4000-8000-00000000000A","uri":"u","targetType":"CASE"}""",
        """{"title":"L","identifier":"3a2b1c0d-0000-4000-8000-00000000000a","uri":"u"}""", "case.uuid_form")]
    [InlineData("subjectURI", """{"title":"S","identifier":"3a2b1c0d-0000-4000-8000-00000000000a","uri":"u"}""",
        """[{"title":"S","identifier":"3a2b1c0d-0000-4000-8000-00000000000a","uri":"u"}]""", "case.list_expected")]
    [InlineData("fancy", """{"deep":[1,{"x":null}]}""", """*{"deep":[1,{"x":null}]}""", "case.unknown_member")]
    [InlineData("extensions", """[{"a":1}]""", "", "case.extensions_form")]
    public void Members_are_mended_or_kept_aside(string member, string given, string expected, string? warning)
    {
        var item = ItemWith(member, given);

        var reading = Read($$"""{"CFDocument":{{Document.ToJsonString()}},"CFItems":[{{item}}]}""");

        Assert.Empty(reading.Faults);
        var body = JsonNode.Parse(reading.Package!.Items.Single().Body)!;
        if (expected.StartsWith('*'))
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected[1..]), body["extensions"]![member]), body.ToJsonString());
        else if (expected.Length == 0 && member != "extensions")
            Assert.Null(body[member]);
        else if (expected.Length > 0)
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), body[member]), body.ToJsonString());
        Assert.Equal(warning is null ? [] : [warning], reading.Warnings.Select(found => found.Code).Where(code => code != "case.no_parent"));
        Assert.Equal(body.ToJsonString(), JsonNode.Parse(Read(Package(reading)).Package!.Items.Single().Body)!.ToJsonString());
        Assert.Empty(CaseSchema.FaultsOf("CFItem", body));
    }

    [Fact]
    public void What_belongs_to_the_package_anyway_says_nothing_and_what_belongs_to_another_is_kept_aside()
    {
        var own = ItemWith("CFDocumentURI", $$"""{"title":"T","identifier":"{{Doc.ToString().ToUpperInvariant()}}","uri":"x"}""");
        Assert.Null(JsonNode.Parse(Read(Wrap(own)).Package!.Items.Single().Body)!["extensions"]);

        var foreign = Read(Wrap(ItemWith("CFDocumentURI", $$"""{"title":"T","identifier":"{{Guid.NewGuid()}}","uri":"x"}""")));
        Assert.Contains(foreign.Warnings, warning => warning.Code == "case.foreign");
        Assert.NotNull(JsonNode.Parse(foreign.Package!.Items.Single().Body)!["extensions"]!["CFDocumentURI"]);
    }

    [Theory]
    [InlineData("\"isChildof\"", "isChildOf")]
    [InlineData("\"Is Child Of\"", "isChildOf")]
    [InlineData("\"ext:aligns-to\"", "ext:aligns-to")]
    [InlineData("\"aligns to / twice\"", "ext:aligns_to___twice")]
    public void Association_types_are_those_of_CASE_or_extensions(string given, string expected)
    {
        var link = $$$"""{"identifier":"{{{Guid.NewGuid()}}}","uri":"u","associationType":{{{given}}},"lastChangeDateTime":"2019-05-08T12:00:00Z","originNodeURI":{"title":"Origin","identifier":"{{{Item}}}","uri":"u"},"destinationNodeURI":{"title":"Destination","identifier":"not a uuid","uri":"u","targetType":"Fancy"}}""";

        var association = Read($$"""{"CFAssociations":[{{link}}],"CFDocument":{{Document.ToJsonString()}}}""").Package!.Associations.Single();

        Assert.Equal((expected, (Guid?)Item, null), (association.Type, association.OriginId, association.DestinationId));
        var body = JsonNode.Parse(association.Body)!;
        Assert.Equal("ext:Fancy", (string?)body["destinationNodeURI"]!["targetType"]);
        Assert.Equal("Fancy", (string?)body["extensions"]!["destinationNodeURI"]!["targetType"]);
        Assert.Empty(CaseSchema.FaultsOf("CFAssociation", body));
    }

    [Fact]
    public void A_byte_order_mark_a_package_within_a_package_and_items_before_their_document_are_taken()
    {
        var item = ItemWith("CFDocumentURI", $"\"https://a.example.org/CFDocuments/{Doc}\"");
        var text = $$$"""{"CFPackage":{"CFItems":[{{{item}}}],"CFDocument":{{{Document.ToJsonString()}}},"CFRubrics":null,"odd":1}}""";

        var reading = CaseReader.Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)], CasePackages.Host);

        Assert.Null(JsonNode.Parse(reading.Package!.Items.Single().Body)!["extensions"]);
        Assert.Equal("""{"odd":1}""", reading.Package.PackageExtensions);
    }

    [Fact]
    public void Addresses_of_this_installation_are_stored_without_it()
    {
        var reading = Read(Wrap(ItemWith("uri", $"\"{CasePackages.Host}/CFItems/{Item}\"")));
        Assert.Equal($"plservice:/CFItems/{Item}", (string?)JsonNode.Parse(reading.Package!.Items.Single().Body)!["uri"]);
    }

    [Theory]
    [InlineData("[]", "", "case.format")]
    [InlineData("{}", "/CFDocument", "case.missing")]
    [InlineData("{\"CFDocument\":", "", "case.malformed_json")]
    [InlineData("", "", "case.malformed_json")]
    [InlineData("{\"CFDocument\":{\"identifier\":\"x\"}}", "/CFDocument/identifier", "case.missing")]
    [InlineData("{\"CFDocument\":DOC,\"CFItems\":[{\"identifier\":\"ID\"}]}", "/CFItems/0/fullStatement", "case.missing")]
    [InlineData("{\"CFDocument\":DOC,\"CFItems\":[7]}", "/CFItems/0", "case.format")]
    [InlineData("{\"CFDocument\":DOC,\"CFItems\":[{\"identifier\":\"ID\",\"fullStatement\":\"a\"},{\"identifier\":\"ID\",\"fullStatement\":\"b\"}]}", "/CFItems/1/identifier", "case.duplicate")]
    [InlineData("{\"CFDocument\":DOC,\"CFAssociations\":[{\"identifier\":\"ID\",\"associationType\":\"isChildOf\"}]}", "/CFAssociations/0/originNodeURI", "case.missing")]
    [InlineData("{\"CFDocument\":DOC,\"CFItems\":[{\"identifier\":\"ID\",\"fullStatement\":\"a\",\"x\":\"\\ud800\"}]}", "/CFItems/0/x", "case.broken_text")]
    [InlineData("{\"CFDocument\":DOC,\"CFItems\":[{\"identifier\":\"ID\",\"fullStatement\":\"a\",\"x\":1e999}]}", "/CFItems/0/x", "case.number")]
    public void Faults_are_told_at_their_place(string text, string pointer, string code)
    {
        var reading = Read(text.Replace("DOC", Document.ToJsonString(), StringComparison.Ordinal).Replace("ID", Item.ToString(), StringComparison.Ordinal));

        Assert.Null(reading.Package);
        Assert.Contains(reading.Faults, fault => (fault.Pointer, fault.Code) == (pointer, code));
    }

    [Fact]
    public void An_item_below_itself_is_a_fault()
    {
        var package = CasePackages.New("Round");
        var items = package["CFItems"]!.AsArray();
        package["CFAssociations"]!.AsArray().Add((JsonNode)CasePackages.Child(items[0]!.Identifier(), items[2]!.Identifier(), 1));

        Assert.Equal("case.circle", Assert.Single(Read(package.ToJsonString()).Faults).Code);
    }

    [Fact]
    public void JSON_that_is_nested_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 80)) + "1" + new string('}', 80);
        Assert.Equal("case.malformed_json", Assert.Single(Read($$"""{"CFDocument":{{Document.ToJsonString()}},"x":{{deep}}}""").Faults).Code);
    }

    private static CaseReading Read(string text) => CaseReader.Read(Encoding.UTF8.GetBytes(text), CasePackages.Host);

    private static string Wrap(string item) => $$"""{"CFDocument":{{Document.ToJsonString()}},"CFItems":[{{item}}]}""";

    private static string Package(CaseReading reading) => Wrap(reading.Package!.Items.Single().Body);

    private static string ItemWith(string member, string json)
    {
        var item = new JsonObject { ["identifier"] = Item.ToString(), ["fullStatement"] = "S", ["uri"] = "u", ["lastChangeDateTime"] = CasePackages.Time };
        item[member] = JsonNode.Parse(json);
        return item.ToJsonString();
    }
}
