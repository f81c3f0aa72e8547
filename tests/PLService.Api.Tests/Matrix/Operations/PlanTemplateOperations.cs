using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>Templates and forms are the whole tenant's.</summary>
internal static class PlanTemplateOperations
{
    public static void Map(OperationMap map)
    {
        map.TenantList("ListPlanTemplates", async a => Get(Listed(await a.NewTemplateAsync())));
        map.TenantResource("GetPlanTemplate", async a => Get(await a.NewTemplateAsync()));
        // Documents of nobody's words: another tenant may add them as well, and keeps them.
        map.WholeTenant("CreatePlanTemplate", Expectation.Nothing, a => Task.FromResult(Post("/v1/plan-templates", new { code = $"t{Guid.NewGuid():N}"[..20], title = new { en = "A template" } })));
        map.WholeTenant("ReplacePlanTemplate", Expectation.NotFound, async a => await ReplacementAsync(a, await a.NewTemplateAsync(), a.NewTemplateDocument));
        map.WholeTenant("DeletePlanTemplate", Expectation.NotFound, async a => Delete(await a.NewTemplateAsync(), "*"));

        map.TenantList("ListPlanForms", async a => Get(Listed(await a.NewFormAsync())));
        map.TenantResource("GetPlanForm", async a => Get(await a.NewFormAsync()));
        map.WholeTenant("CreatePlanForm", Expectation.Nothing, a => Task.FromResult(Post("/v1/plan-forms", new
        {
            code = $"f{Guid.NewGuid():N}"[..20],
            title = new { en = "A form" },
            sections = new[] { new { code = "a", title = new { en = "A section" } } },
        })));
        map.WholeTenant("ReplacePlanForm", Expectation.NotFound, async a => await ReplacementAsync(a, await a.NewFormAsync(), a.NewFormDocument));
        map.WholeTenant("DeletePlanForm", Expectation.NotFound, async a => Delete(await a.NewFormAsync(), "*"));
    }

    private static string Listed(string path) => $"{path[..path.LastIndexOf('/')]}?limit=500&count=true";

    private static async Task<Call> ReplacementAsync(Side side, string path, Func<string?, object> document) => Put(path, document(path.Split('/')[^1]), await side.TagAsync(path));
}
