using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>
/// Every operation that takes JSON, with a body that is right but for one member: whatever stands there, the answer is one of the contract never a failure of the
/// service, and in words of the contract. What the contract says of the member decides how it is spoilt.
/// </summary>
public sealed class WrongInputTests(World world) : IClassFixture<World>
{
    private static readonly string Long = new('x', 100_000);

    // What only those know who read the service's code.
    private static readonly string[] OfTheProgram = [".NET", "System.", "PLService.Api"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations => [.. AccessMatrixTests.Operations.Select(row => row.Data)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task No_wrong_value_of_a_member_is_a_failure_of_the_service(string id)
    {
        var body = BodyOf(id);
        if (body is null)
            return;
        var (operation, scope) = (world.Map.All[id], world.Operations()[id]);
        var kind = Enum.GetValues<CallerKind>().First(kind => operation.For(kind, scope) == Expectation.Success && kind.Standing() is not CallerKind.OtherTenant);
        world.A.Forget();
        var faults = new List<string>();
        var call = await operation.BuildAsync(world.A);
        foreach (var (name, wrong) in body.SelectMany(member => Wrong(Resolved(member.Value!)).Select(value => (member.Key, value))))
        {
            if (JsonNode.Parse(call.Body as string ?? HttpSteps.ToJson(call.Body)) is not JsonObject spoilt)
                return;
            spoilt[name] = wrong?.DeepClone();
            var answer = await (call with { Body = spoilt.ToJsonString() }).SendAsync(world.As(kind, scope), Ct);
            if (answer.Status >= 500)
                faults.Add($"{name} = {wrong?.ToJsonString()[..Math.Min(60, wrong.ToJsonString().Length)] ?? "null"}: {answer.Status}");
            if (OfTheProgram.FirstOrDefault(word => answer.Body.Contains(word, StringComparison.Ordinal)) is { } word)
                faults.Add($"{name} = {wrong?.ToJsonString()[..Math.Min(60, wrong.ToJsonString().Length)] ?? "null"}: {answer.Status} speaks of '{word}': {answer.Body}");
            // It was taken, so that the next one may meet another state.
            if (answer.Status < 300)
                call = await operation.BuildAsync(world.A);
        }

        Findings.None(faults);
    }

    private static IEnumerable<JsonNode?> Wrong(JsonObject schema) => (string?)schema["type"] switch
    {
        "array" => [null, new JsonArray(), new JsonArray((JsonNode?)null), new JsonArray(new JsonObject()), new JsonArray(""), "text"],
        "integer" or "number" => [null, -1, int.MaxValue, JsonNode.Parse("1e300"), JsonNode.Parse("0.5"), "1"],
        "string" when (string?)schema["format"] is "date" => [null, "0001-01-01", "9999-12-31", "2026-02-30", ""],
        "string" when (string?)schema["format"] is "date-time" => [null, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01", ""],
        "string" when (string?)schema["format"] is "uuid" => [null, "00000000-0000-0000-0000-000000000000", "01a2b3c4-0000-7000-8000-0000000fffff", "x"],
        "string" => [null, "", " ", "a\0b", Long, "\U0001F600"],
        "boolean" => [null, "yes"],
        _ => [null, new JsonObject(), new JsonArray(), "text", new JsonObject { ["x"] = null }],
    };

    // The members of the JSON body of an operation, by name; null when it takes none.
    private JsonObject? BodyOf(string id)
    {
        var operation = world.Contract["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Single(operation => (string?)operation.Value!["operationId"] == id).Value!;
        var content = operation["requestBody"]?["content"]?.AsObject();
        return content?.FirstOrDefault(type => type.Key is "application/json" or "application/merge-patch+json").Value?["schema"] is JsonObject schema
            ? Resolved(schema)["properties"] as JsonObject
            : null;
    }

    private JsonObject Resolved(JsonNode schema) =>
        schema["allOf"] is JsonArray { Count: 1 } one ? Resolved(one[0]!)
        : schema["$ref"] is { } address ? Resolved(world.Contract["components"]!["schemas"]![((string)address!).Split('/')[^1]]!)
        : schema.AsObject();
}
