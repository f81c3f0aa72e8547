using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class RubricOperations
{
    public static void Map(OperationMap map)
    {
        map.TenantList("ListRubrics", async a =>
        {
            await NewAsync(a);
            return Get("/v1/rubrics?limit=500&count=true");
        });
        map.TenantResource("GetRubric", async a => Get(await AddressAsync(a)));
        map.WholeTenant("CreateRubric", Expectation.Conflict("rubric.unknown_framework"), async a => Post("/v1/rubrics", Document(a, await FrameworkAsync(a))));
        map.WholeTenant("ReplaceRubric", Expectation.NotFound, async a => Put(await AddressAsync(a), Document(a, null), "*"));
        map.WholeTenant("DeleteRubric", Expectation.NotFound, async a => Delete(await AddressAsync(a), "*"));
        map.WholeTenant("MakeRubricInstrument", Expectation.NotFound, async a =>
            Post($"{await AddressAsync(a)}/instrument", new { code = $"r{Guid.NewGuid():N}"[..20], version = "1.0" }));
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/rubrics/{(await NewAsync(a)).Id()}";

    private static async Task<JsonObject> NewAsync(Side a) => a.Remember(await a.Everything.CreateAsync("/v1/rubrics", Document(a, await FrameworkAsync(a))));

    private static async Task<string> FrameworkAsync(Side a) => a.Remember(await a.Everything.CreateAsync(
        "/v1/frameworks", new { code = $"f{Guid.NewGuid():N}"[..20], title = a.TenantText("Framework"), creator = a.TenantText("Creator") })).Id().ToString();

    private static JsonObject Document(Side a, string? framework)
    {
        var document = new JsonObject
        {
            ["title"] = a.TenantText("Rubric"),
            ["direction"] = "bestFirst",
            ["criteria"] = new JsonArray(new JsonObject
            {
                ["outcome"] = a.TenantText("Outcome"),
                ["levels"] = new JsonArray(new JsonObject { ["label"] = "Level 1" }, new JsonObject { ["label"] = "Level 2" }),
            }),
        };
        if (framework is not null)
            document["framework"] = framework;
        return document;
    }
}
