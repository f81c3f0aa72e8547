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
            var made = (await a.NewOrganizationAsync()).Id().ToString();
            // A change appears when all transactions of the server that began before it have ended; those of other tests count too.
            string? cursor = null;
            for (var rounds = 0; rounds < 600; rounds++)
            {
                var address = $"/v1/changes?limit=500{(cursor is null ? "" : $"&after={cursor}")}";
                var page = await a.Everything.ReadAsync(address);
                if (page.ToJsonString().Contains(made, StringComparison.Ordinal))
                    return Get(address);
                cursor = (string?)page["nextCursor"];
                if (!(bool)page["hasMore"]!)
                    await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            throw new TimeoutException("The change did not appear in the feed.");
        });
    }
}
