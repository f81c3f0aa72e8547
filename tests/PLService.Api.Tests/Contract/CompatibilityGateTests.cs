using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Contract;

/// <summary>The contract may grow within v1; what would break a client needs an approval with its reason.</summary>
public sealed class CompatibilityGateTests
{
    private const string Small = """
        {
          "openapi": "3.0.4",
          "paths": { "/v1/things/{id}": { "post": {
            "operationId": "MakeThing",
            "security": [ { "oauth2": [ "things:write" ] } ],
            "parameters": [
              { "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } },
              { "name": "kind", "in": "query", "schema": { "type": "string", "enum": [ "red", "green" ] } },
              { "name": "note", "in": "query", "schema": { "type": "string", "maxLength": 20 } } ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Request" } } } },
            "responses": {
              "200": { "description": "OK", "headers": { "ETag": {} }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } }, "text/csv": {} } },
              "202": { "description": "Later" } } } } },
          "components": { "schemas": {
            "Request": { "type": "object", "required": [ "name" ], "properties": {
              "name": { "type": "string" }, "size": { "type": "integer", "format": "int32", "nullable": true } } },
            "Thing": { "type": "object", "required": [ "id", "state" ], "properties": {
              "id": { "type": "string", "format": "uuid" },
              "state": { "$ref": "#/components/schemas/State" },
              "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } } } },
            "State": { "type": "string", "enum": [ "on", "off" ] } } }
        }
        """;

    /// <summary>A change of the small contract (JSON Pointer, new JSON or nothing to remove it), and the break that it is.</summary>
    public static TheoryData<string, string?, string> Breaks => new()
    {
        { "/paths/~1v1~1things~1{id}/post", null, "removed" },
        { "/paths/~1v1~1things~1{id}/post/operationId", "\"CreateThing\"", "the operation id MakeThing is CreateThing" },
        { "/paths/~1v1~1things~1{id}/post/security/0/oauth2/0", "\"things:admin\"", "needs things:admin where it needed things:write" },
        { "/paths/~1v1~1things~1{id}/post/parameters/1/name", "\"colour\"", "the parameter query kind is gone" },
        { "/paths/~1v1~1things~1{id}/post/parameters/1/required", "true", "the parameter query kind is required now" },
        { "/paths/~1v1~1things~1{id}/post/parameters/1/schema/enum", """["red"]""", "the parameter query kind lost the value green" },
        { "/paths/~1v1~1things~1{id}/post/parameters/1/schema/type", "\"integer\"", "the parameter query kind is integer, was string" },
        { "/paths/~1v1~1things~1{id}/post/parameters/2/schema/maxLength", "10", "the parameter query note has a new rule: maxLength 10" },
        { "/paths/~1v1~1things~1{id}/post/parameters/2/schema/pattern", "\"^a\"", "the parameter query note has a new rule: pattern ^a" },
        { "/paths/~1v1~1things~1{id}/post/parameters/2/schema/enum", """["a"]""", "the parameter query note takes only certain values now" },
        { "/paths/~1v1~1things~1{id}/post/parameters/3", """{"name":"new","in":"query","required":true,"schema":{}}""", "the parameter query new is new and required" },
        { "/paths/~1v1~1things~1{id}/post/requestBody", null, "takes no body any more" },
        { "/paths/~1v1~1things~1{id}/post/requestBody/content", """{"text/csv":{}}""", "the request is not application/json any more" },
        { "/components/schemas/Request/required", """["name","size"]""", "the request.size is required now" },
        { "/components/schemas/Request/properties/name", null, "the request.name is gone" },
        { "/components/schemas/Request/properties/size/nullable", "false", "the request.size may not be null any more" },
        { "/components/schemas/Request/properties/size/format", "\"int16\"", "the request.size is integer (int16), was integer (int32)" },
        { "/components/schemas/Request/properties/name/minLength", "3", "the request.name has a new rule: minLength 3" },
        { "/paths/~1v1~1things~1{id}/post/responses/202", null, "does not answer 202 any more" },
        { "/paths/~1v1~1things~1{id}/post/responses/200/headers/ETag", null, "the header ETag of 200 is gone" },
        { "/paths/~1v1~1things~1{id}/post/responses/200/content/text~1csv", null, "200 is not text/csv any more" },
        { "/components/schemas/Thing/properties/id", null, "200.id is gone" },
        { "/components/schemas/Thing/required", """["state"]""", "200.id may be missing now" },
        { "/components/schemas/Thing/properties/id/nullable", "true", "200.id may be null now" },
        { "/components/schemas/Thing/properties/parts/type", "\"object\"", "200.parts is object, was array" },
        { "/components/schemas/State/enum", """["on"]""", "200.state lost the value off" },
    };

    /// <summary>Changes that harm nobody.</summary>
    public static TheoryData<string, string?> Growth => new()
    {
        { "/paths/~1v1~1others", """{"get":{"operationId":"Others","security":[],"responses":{}}}""" },
        { "/paths/~1v1~1things~1{id}/post/parameters/3", """{"name":"new","in":"query","schema":{}}""" },
        { "/paths/~1v1~1things~1{id}/post/parameters/0/name", "\"thing\"" },
        { "/paths/~1v1~1things~1{id}/post/parameters/1/schema/enum/2", "\"blue\"" },
        { "/paths/~1v1~1things~1{id}/post/parameters/2/schema/maxLength", "40" },
        { "/paths/~1v1~1things~1{id}/post/requestBody/required", "false" },
        { "/paths/~1v1~1things~1{id}/post/requestBody/content/text~1csv", "{}" },
        { "/components/schemas/Request/properties/more", """{"type":"string"}""" },
        { "/components/schemas/Request/required", "[]" },
        { "/components/schemas/Thing/properties/more", """{"type":"string"}""" },
        { "/components/schemas/Thing/required", """["id","state","parts"]""" },
        { "/paths/~1v1~1things~1{id}/post/security", "[]" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void A_change_that_breaks_clients_is_named(string pointer, string? json, string change) =>
        Assert.Contains($"POST /v1/things/{{id}}: {change}", CompatibilityGate.Breaks(ContractDocument.Parse(Small), Changed(pointer, json)));

    [Theory]
    [MemberData(nameof(Growth))]
    public void A_change_that_harms_nobody_passes(string pointer, string? json) =>
        Assert.Equal([], CompatibilityGate.Breaks(ContractDocument.Parse(Small), Changed(pointer, json)));

    [Fact]
    public void An_approval_needs_a_reason_and_a_change_that_it_approves()
    {
        string[] breaks = ["GET /a: removed", "GET /b: removed"];

        Assert.Equal([], CompatibilityGate.Unapproved(breaks, ["# Nobody called it in two years.", "GET /a: removed", "GET /b: removed"]));
        Assert.Equal(["breaks clients: GET /b: removed"], CompatibilityGate.Unapproved(breaks, ["# Nobody called it.", "GET /a: removed"]));
        Assert.Equal(
            ["approved without a reason above: GET /a: removed", "approved without a reason above: GET /c: removed", "approved, and there is no such change: GET /c: removed"],
            CompatibilityGate.Unapproved(["GET /a: removed"], ["GET /a: removed", "", "GET /c: removed"]));
    }

    [Fact]
    public void The_contract_breaks_no_client_of_the_released_one()
    {
        string released = Repository.PathOf("openapi", "released-v1.json"), approved = Repository.PathOf("openapi", "approved-changes.txt");
        // Before the first release there is nobody to break.
        if (!File.Exists(released))
            return;

        var breaks = CompatibilityGate.Breaks(
            ContractDocument.Parse(File.ReadAllText(released)), ContractDocument.Parse(File.ReadAllText(Repository.PathOf("openapi", "v1.json"))));
        Findings.None(CompatibilityGate.Unapproved(breaks, File.Exists(approved) ? File.ReadAllLines(approved) : []));
    }

    private static ContractDocument Changed(string pointer, string? json)
    {
        var root = JsonNode.Parse(Small)!.AsObject();
        var steps = pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal)).ToList();
        JsonNode at = root;
        foreach (var step in steps[..^1])
            at = (at is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at[step])!;
        var value = json is null ? null : JsonNode.Parse(json);
        if (at is JsonArray list)
        {
            var index = int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture);
            if (index == list.Count)
                list.Add(value);
            else
                list[index] = value;
        }
        else if (json is null)
        {
            Assert.True(at.AsObject().Remove(steps[^1]));
        }
        else
        {
            at[steps[^1]] = value;
        }

        return new(root);
    }
}
