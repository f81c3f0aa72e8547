using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ImportOperations
{
    public static void Map(OperationMap map)
    {
        // Whoever may import may send any file: what it names out of reach is told in its receipt (see ImportReachTests), not by refusing it.
        map.Naming("CreateImport", "", a => Task.FromResult(Send(HttpMethod.Post, a.ImportAddress, "text/csv", a.ImportFile())))
            .But(Expectation.Success, CallerKind.Sibling, CallerKind.Child)
            .But(Expectation.Nothing, CallerKind.OtherTenant);
        map.Resource("GetImport", async a => Get(await a.NewImportAsync(good: true)));
        map.List("ListImports", async a =>
        {
            await a.NewQueuedImportAsync();
            return Get("/v1/imports?limit=500&count=true");
        });
        map.Resource("CancelImport", async a => Post($"{await a.NewQueuedImportAsync()}/cancel"));
        map.Resource("UndoImport", async a => Post($"{await a.NewImportAsync(good: true)}/undo"));
        map.Resource("ListImportIssues", async a => Get($"{await a.NewImportAsync(good: false)}/issues"));
        map.Resource("GetImportErrorFile", async a => Get($"{await a.NewImportAsync(good: false)}/error-file"));
    }
}
