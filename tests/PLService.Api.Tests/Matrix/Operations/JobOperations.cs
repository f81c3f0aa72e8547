using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class JobOperations
{
    public static void Map(OperationMap map)
    {
        map.Resource("GetJob", async a => Get($"/v1/jobs/{await a.NewJobAsync()}"));
        map.Resource("CancelJob", async a => Post($"/v1/jobs/{await a.NewJobAsync()}/cancel"));
        map.List("ListJobs", async a =>
        {
            await a.NewJobAsync();
            return Get("/v1/jobs?limit=500&count=true");
        });
    }
}
