using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class FrameworkOperations
{
    public static void Map(OperationMap map)
    {
        map.TenantList("ListFrameworks", async a =>
        {
            await NewAsync(a);
            return Get("/v1/frameworks?limit=500&count=true");
        });
        map.TenantResource("GetFramework", async a => Get(await AddressAsync(a)));
        // Nobody's words: another tenant may make the same one, and keeps it.
        map.WholeTenant("CreateFramework", Expectation.Nothing, _ => Task.FromResult(Post("/v1/frameworks", new { code = NewCode(), title = "Framework", creator = "Creator" })));
        map.WholeTenant("ReplaceFramework", Expectation.NotFound, async a =>
            Put(await AddressAsync(a), new { title = a.TenantText("Replaced"), creator = a.TenantText("Creator") }, "*"));
        map.WholeTenant("PatchFramework", Expectation.NotFound, async a => Patch(await AddressAsync(a), new { title = a.TenantText("Patched") }, "*"));
        map.WholeTenant("DeleteFramework", Expectation.NotFound, async a => Delete(await AddressAsync(a), "*"));
        map.WholeTenant("PublishFramework", Expectation.NotFound, async a => Post($"{await AddressAsync(a)}/publish", ifMatch: "*"));
        map.WholeTenant("RetireFramework", Expectation.NotFound, async a =>
        {
            var address = await AddressAsync(a);
            await a.Everything.SendJsonAsync(HttpMethod.Post, $"{address}/publish", ifMatch: "*");
            return Post($"{address}/retire", ifMatch: "*");
        });
        map.WholeTenant("CopyFramework", Expectation.NotFound, async a =>
            Post($"{await AddressAsync(a)}/copy", new { code = NewCode(), title = a.TenantText("Copy") }));

        map.WholeTenant("CreateStandard", Expectation.NotFound, async a =>
            Post($"{await AddressAsync(a)}/standards", new { statement = a.TenantText("Statement") }));
        map.TenantResource("ListStandards", async a =>
        {
            var framework = await NewAsync(a);
            await NewStandardAsync(a, framework);
            return Get($"/v1/frameworks/{framework.Id()}/standards");
        });
        map.TenantList("SearchStandards", async a =>
        {
            await NewStandardAsync(a, await NewAsync(a));
            return Get("/v1/standards?q=statement&limit=500");
        });
        map.TenantResource("GetStandard", async a => Get(await StandardAddressAsync(a)));
        map.WholeTenant("PatchStandard", Expectation.NotFound, async a => Patch(await StandardAddressAsync(a), new { label = a.TenantText("Label") }, "*"));
        map.WholeTenant("MoveStandard", Expectation.NotFound, async a => Post($"{await StandardAddressAsync(a)}/move", new { parentId = (Guid?)null }, "*"));
        map.WholeTenant("DeleteStandard", Expectation.NotFound, async a => Delete(await StandardAddressAsync(a), "*"));
        map.WholeTenant("ReplaceStandardBy", Expectation.NotFound, async a =>
        {
            var framework = await NewAsync(a);
            var (old, other) = (await NewStandardAsync(a, framework), await NewStandardAsync(a, framework));
            return Post($"/v1/standards/{old.Id()}/replace-by", new { standardId = other.Id() }, "*");
        });
        map.TenantResource("ListStandardNames", async a => Get($"{await StandardAddressAsync(a)}/names"));
        map.TenantResource("ListStandardReferences", async a => Get($"{await StandardAddressAsync(a)}/references"));
        map.TenantResource("ListStandardAssociations", async a => Get($"{await StandardAddressAsync(a)}/associations"));

        map.TenantList("ListAssociations", async a =>
        {
            await NewLinkAsync(a);
            return Get("/v1/associations?limit=500");
        });
        map.WholeTenant("CreateAssociation", Expectation.Conflict("association.unknown_framework"), async a =>
        {
            var framework = await NewAsync(a);
            var (origin, destination) = (await NewStandardAsync(a, framework), await NewStandardAsync(a, framework));
            return Post("/v1/associations", new { framework = framework.Id(), type = "isRelatedTo", originId = origin.Id(), destinationId = destination.Id() });
        });
        map.TenantResource("GetAssociation", async a => Get($"/v1/associations/{(await NewLinkAsync(a)).Id()}"));
        map.WholeTenant("DeleteAssociation", Expectation.NotFound, async a => Delete($"/v1/associations/{(await NewLinkAsync(a)).Id()}"));
        map.TenantResource("ListCrosswalks", async a => Get($"{await AddressAsync(a)}/crosswalks"));
        map.TenantResource("GetCrosswalk", async a => Get($"/v1/crosswalks/{(await NewAsync(a)).Id()}/{(await NewAsync(a)).Id()}"));
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/frameworks/{(await NewAsync(a)).Id()}";

    private static async Task<string> StandardAddressAsync(Side a) => $"/v1/standards/{(await NewStandardAsync(a, await NewAsync(a))).Id()}";

    private static async Task<JsonObject> NewAsync(Side a) => a.Remember(await a.Everything.CreateAsync("/v1/frameworks", Document(a)));

    private static async Task<JsonObject> NewStandardAsync(Side a, JsonObject framework) =>
        a.Remember(await a.Everything.CreateAsync($"/v1/frameworks/{framework.Id()}/standards", new { statement = a.TenantText("Statement") }));

    private static async Task<JsonObject> NewLinkAsync(Side a)
    {
        var framework = await NewAsync(a);
        var (origin, destination) = (await NewStandardAsync(a, framework), await NewStandardAsync(a, framework));
        return a.Remember(await a.Everything.CreateAsync(
            "/v1/associations", new { framework = framework.Id(), type = "isRelatedTo", originId = origin.Id(), destinationId = destination.Id() }));
    }

    private static object Document(Side a) => new { code = NewCode(), title = a.TenantText("Framework"), creator = a.TenantText("Creator") };

    private static string NewCode() => $"f{Guid.NewGuid():N}"[..20];
}
