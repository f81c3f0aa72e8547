using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ToolkitOperations
{
    public static void Map(OperationMap map)
    {
        map.TenantList("ListToolkits", async a =>
        {
            await a.NewToolkitVersionAsync(published: false);
            return Get("/v1/toolkits?limit=500&count=true");
        });
        map.TenantResource("GetToolkit", async a => Get((await a.NewToolkitVersionAsync(published: true)).Replace("/versions/1.0", "")));
        map.TenantResource("GetToolkitVersion", async a => Get(await a.NewToolkitVersionAsync(published: false)));
        map.TenantResource("ExportToolkit", async a => Get($"{await a.NewToolkitVersionAsync(published: true)}/document"));
        // A document of nobody's words: another tenant may import it as well, and keeps it.
        map.WholeTenant("ImportToolkit", Expectation.Nothing, a => Task.FromResult(Post("/v1/toolkits", TestToolkits.Document($"t{Guid.NewGuid():N}"[..20]))));
        map.WholeTenant("ReplaceToolkitDraft", Expectation.NotFound, async a =>
        {
            var path = await a.NewToolkitVersionAsync(published: false);
            return Put(path, a.NewToolkitDocument(path.Split('/')[3]), await a.TagAsync(path));
        });
        map.WholeTenant("DeleteToolkitDraft", Expectation.NotFound, async a =>
        {
            var path = await a.NewToolkitVersionAsync(published: false);
            return Delete(path, await a.TagAsync(path));
        });
        map.WholeTenant("PublishToolkitVersion", Expectation.NotFound, async a =>
        {
            var path = await a.NewToolkitVersionAsync(published: false);
            return Post($"{path}/publish", ifMatch: await a.TagAsync(path));
        });
        map.WholeTenant("RetireToolkitVersion", Expectation.NotFound, async a =>
        {
            var path = await a.NewToolkitVersionAsync(published: true);
            return Post($"{path}/retire", ifMatch: await a.TagAsync(path));
        });
    }
}
