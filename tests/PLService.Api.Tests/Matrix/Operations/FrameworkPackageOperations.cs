using System.Text.Json.Nodes;
using PLService.Api.Tests.Frameworks;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class FrameworkPackageOperations
{
    public static void Map(OperationMap map)
    {
        // Packages and tables of nobody's words: another tenant may take them as well, and keeps them.
        map.WholeTenant("ImportFramework", Expectation.Nothing, _ => Task.FromResult(Post("/v1/frameworks/import", CasePackages.New("Anybody's standards").ToJsonString())));
        map.WholeTenant("ImportFrameworkFromUrl", Expectation.Nothing, async _ => Post("/v1/frameworks/import-from-url",
            new { url = await FilePlace.PutAsync(CasePackages.New("Anybody's standards").ToJsonString()) }));
        map.WholeTenant("ImportStandards", Expectation.Nothing, _ => Task.FromResult(
            Send(HttpMethod.Post, $"/v1/frameworks/import-standards?code=t{Guid.NewGuid():N}"[..60], "text/csv", "code,statement\nA,Anybody learns.\n")));
        map.TenantResource("ExportFramework", async a => Get($"/v1/frameworks/{await NewAsync(a)}/package"));
        map.TenantResource("ExportStandards", async a => Get($"/v1/frameworks/{await NewAsync(a)}/standards.csv"));
    }

    private static async Task<Guid> NewAsync(Side side)
    {
        var package = CasePackages.New(side.TenantText("Framework"));
        foreach (var item in package["CFItems"]!.AsArray())
            item!["fullStatement"] = (JsonNode)side.TenantText("Statement");
        var id = await side.Everything.ImportAsync(package);
        side.Remember(id);
        return id;
    }
}
