using System.Text.Json.Nodes;
using PLService.Api.Tests.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Rubrics;

/// <summary>An innovation configuration map: four roles, eleven standards, level 1 the best of four, some cells empty.</summary>
internal static class TestRubrics
{
    public static readonly string[] Roles = ["Principal", "Coach", "System/Central Office", "External Partner"];

    public static readonly string[] Standards = ["EP", "EF", "EL", "CAI", "PE", "LD", "I", "ED", "CCI", "LPR", "R"];

    /// <summary>Whether the cell is empty: every fifth criterion lacks level 3, every seventh level 4.</summary>
    public static bool IsEmpty(int criterion, int level) => (criterion % 5 == 0 && level == 3) || (criterion % 7 == 0 && level == 4);

    /// <summary>A draft framework with the eleven standards.</summary>
    public static async Task<JsonObject> MapFrameworkAsync(this HttpClient client, string code = "cedar")
    {
        var framework = await client.AddFrameworkAsync(code);
        foreach (var standard in Standards)
            await client.AddStandardAsync(code, standard);
        return framework;
    }

    public static JsonObject Map(string framework = "cedar") => new()
    {
        ["framework"] = framework,
        ["title"] = "Innovation configuration map",
        ["description"] = "What it looks like in practice.",
        ["direction"] = "bestFirst",
        ["roles"] = new JsonArray([.. Roles.Select(role => (JsonNode)role)]),
        ["criteria"] = new JsonArray([.. from role in Roles from standard in Standards select (role, standard) into place select (JsonNode)Criterion(framework, place.role, place.standard)]),
    };

    public static async Task<JsonObject> AddMapAsync(this HttpClient client)
    {
        await client.MapFrameworkAsync();
        return await client.CreateAsync("/v1/rubrics", Map());
    }

    /// <summary>What a PUT takes of an answer.</summary>
    public static JsonObject Body(this JsonObject rubric)
    {
        var body = rubric.DeepClone().AsObject();
        foreach (var member in (string[])["id", "uri", "framework", "createdAt", "updatedAt", "version"])
            body.Remove(member);
        return body;
    }

    private static JsonObject Criterion(string framework, string role, string standard)
    {
        var place = (Array.IndexOf(Roles, role) * Standards.Length) + Array.IndexOf(Standards, standard);
        return new()
        {
            ["role"] = role,
            ["standard"] = new JsonObject { ["framework"] = framework, ["code"] = standard },
            ["outcome"] = $"{role}: outcome of {standard}.",
            ["weight"] = 1.5,
            ["levels"] = new JsonArray([.. Enumerable.Range(1, 4).Select(level => (JsonNode)(IsEmpty(place, level)
                ? new JsonObject { ["label"] = $"Level {level}", ["empty"] = true }
                : new JsonObject { ["label"] = $"Level {level}", ["description"] = $"{role} at level {level} of {standard}." }))]),
        };
    }
}
