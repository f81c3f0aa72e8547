using System.Text.Json.Nodes;
using PLService.Api.Domain;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Toolkits;

public sealed class ToolkitCheckTests
{
    [Fact]
    public void A_sound_document_has_no_fault() => Assert.Empty(ToolkitCheck.Check(ToolkitJson.Read(TestToolkits.Document().ToJsonString())));

    [Theory]
    [InlineData("/code", "\"Book\"", "/code", "format")]
    [InlineData("/version", "\"1.0 final\"", "/version", "format")]
    [InlineData("/title", "{\"es\":\"Libro\"}", "/title", "missing")]
    [InlineData("/year", "15", "/year", "out_of_range")]
    [InlineData("/tools", "[]", "/tools", "too_few")]
    [InlineData("/tools", "[null]", "/tools/0", "missing")]
    [InlineData("/tools/1/code", "\"1\"", "/tools/1/code", "duplicate")]
    [InlineData("/tools/0/parts", "[]", "/tools/0/parts", "too_few")]
    [InlineData("/tools/0/parts/0/kind", "\"fields\"", "/tools/0/parts/0/fields", "missing")]
    [InlineData("/tools/0/parts/0/questions", "[{\"code\":\"q\",\"prompt\":{\"en\":\"?\"}}]", "/tools/0/parts/0/questions", "inconsistent")]
    [InlineData("/tools/0/parts/1/fields/1/code", "\"EXPECT\"", "/tools/0/parts/1/fields/1/code", "duplicate")]
    [InlineData("/tools/0/parts/1/fields/1/code", "\"a/b\"", "/tools/0/parts/1/fields/1/code", "format")]
    [InlineData("/tools/0/parts/1/fields/1/perStandardOf", "\"CT 2015\"", "/tools/0/parts/1/fields/1/perStandardOf", "format")]
    [InlineData("/tools/1/parts/0/reading/link", "\"javascript:alert(1)\"", "/tools/1/parts/0/reading/link", "format")]
    [InlineData("/tools/1/parts/0/reading/codes", "[]", "/tools/1/parts/0/reading/codes", "too_few")]
    [InlineData("/tools/1/parts/0/reading/codes/0/sign", "\"a b\"", "/tools/1/parts/0/reading/codes/0/sign", "format")]
    [InlineData("/tools/1/parts/0/reading/codes/1/sign", "\"+\"", "/tools/1/parts/0/reading/codes/1/sign", "duplicate")]
    [InlineData("/tools/1/parts/0/reading/codes/0/motivation", "\"liking\"", "/tools/1/parts/0/reading/codes/0/motivation", "unknown_reference")]
    public void Each_fault_is_named_with_its_place(string pointer, string json, string at, string code)
    {
        var document = TestToolkits.Document();
        Set(document, pointer, JsonNode.Parse(json));

        var faults = ToolkitCheck.Check(ToolkitJson.Read(document.ToJsonString()));

        Assert.Contains(faults, fault => fault.Pointer == at && fault.Code == code);
    }

    [Fact]
    public void A_tool_has_one_reading_at_most()
    {
        var document = TestToolkits.Document();
        var parts = document["tools"]![1]!["parts"]!.AsArray();
        parts.Add(parts[0]!.DeepClone());

        Assert.Contains(ToolkitCheck.Check(ToolkitJson.Read(document.ToJsonString())), fault => fault is { Pointer: "/tools/1/parts/2", Code: "too_many" });
    }

    [Fact]
    public void A_tool_has_a_hundred_fields_at_most()
    {
        var document = TestToolkits.Document();
        var fields = document["tools"]![0]!["parts"]![1]!["fields"]!.AsArray();
        for (var i = fields.Count; i <= ToolkitLimits.FieldsPerTool; i++)
            fields.Add(new JsonObject { ["code"] = $"f{i}", ["prompt"] = new JsonObject { ["en"] = "?" } });

        Assert.Contains(ToolkitCheck.Check(ToolkitJson.Read(document.ToJsonString())), fault => fault is { Pointer: "/tools/0/parts", Code: "too_many" });
    }

    [Fact]
    public void The_hash_is_the_same_however_members_are_ordered()
    {
        var document = TestToolkits.Document();
        var turned = new JsonObject(document.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

        Assert.Equal(DocumentHash.Of(ToolkitJson.Read(document.ToJsonString())), DocumentHash.Of(ToolkitJson.Read(turned.ToJsonString())));
    }

    private static void Set(JsonNode document, string pointer, JsonNode? value)
    {
        var tokens = pointer.Split('/')[1..];
        var parent = tokens[..^1].Aggregate(document, (node, token) => int.TryParse(token, out var i) && node is JsonArray array ? array[i]! : node[token]!);
        if (parent is JsonArray list)
            list[int.Parse(tokens[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else
            parent[tokens[^1]] = value;
    }
}
