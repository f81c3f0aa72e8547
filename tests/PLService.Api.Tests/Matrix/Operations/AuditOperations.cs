using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class AuditOperations
{
    public static void Map(OperationMap map)
    {
        map.List("ListAuditEvents", async a =>
        {
            await a.NewOrganizationAsync();
            return Get("/v1/audit?limit=500&count=true");
        });
        map.List("ListChanges", async a =>
        {
            var cursor = "";
            for (var hasMore = true; hasMore;)
            {
                var page = await a.Everything.ReadAsync($"/v1/changes?limit=500{cursor}");
                (cursor, hasMore) = ($"&after={page["nextCursor"]}", (bool)page["hasMore"]!);
            }

            await a.NewOrganizationAsync();
            return Get($"/v1/changes?limit=500{cursor}");
        });
    }
}
