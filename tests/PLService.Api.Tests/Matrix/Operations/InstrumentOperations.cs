using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class InstrumentOperations
{
    public static void Map(OperationMap map)
    {
        map.TenantList("ListInstruments", async a =>
        {
            await a.NewInstrumentVersionAsync(published: false);
            return Get("/v1/instruments?limit=500&count=true");
        });
        map.TenantResource("GetInstrument", async a => Get((await a.NewInstrumentVersionAsync(published: true)).Replace("/versions/1.0", "")));
        map.TenantResource("GetInstrumentVersion", async a => Get(await a.NewInstrumentVersionAsync(published: false)));
        map.TenantResource("ExportInstrument", async a => Get($"{await a.NewInstrumentVersionAsync(published: true)}/document"));
        // A document of nobody's words: another tenant may import it as well, and keeps it.
        map.WholeTenant("ImportInstrument", Expectation.Nothing, a => Task.FromResult(Post("/v1/instruments", TestInstruments.OneAxis($"i{Guid.NewGuid():N}"[..20]))));
        map.WholeTenant("ReplaceInstrumentDraft", Expectation.NotFound, async a =>
        {
            var path = await a.NewInstrumentVersionAsync(published: false);
            return Put(path, a.NewInstrumentDocument(path.Split('/')[3]), await a.TagAsync(path));
        });
        map.WholeTenant("DeleteInstrumentDraft", Expectation.NotFound, async a =>
        {
            var path = await a.NewInstrumentVersionAsync(published: false);
            return Delete(path, await a.TagAsync(path));
        });
        map.WholeTenant("PublishInstrumentVersion", Expectation.NotFound, async a =>
        {
            var path = await a.NewInstrumentVersionAsync(published: false);
            return Post($"{path}/publish", ifMatch: await a.TagAsync(path));
        });
        map.WholeTenant("RetireInstrumentVersion", Expectation.NotFound, async a =>
        {
            var path = await a.NewInstrumentVersionAsync(published: true);
            return Post($"{path}/retire", ifMatch: await a.TagAsync(path));
        });
    }
}
