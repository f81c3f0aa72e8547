using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class SupportOperations
{
    public static void Map(OperationMap map)
    {
        map.WholeTenant("CreateSupportGrant", Expectation.NotFound, a => Task.FromResult(Post("/v1/support-grants", new { reason = a.TenantText("Reason"), organizationId = a.DistrictX })));
        map.WholeTenant("ListSupportGrants", Expectation.Nothing, async a =>
        {
            await NewAsync(a);
            return Get("/v1/support-grants");
        });
        map.WholeTenant("GetSupportGrant", Expectation.NotFound, async a => Get(await NewAsync(a)));
        map.WholeTenant("EndSupportGrant", Expectation.NotFound, async a => Post($"{await NewAsync(a)}/end", null, "*"));
        map.Public("StartSupportSession", async a =>
        {
            await NewAsync(a);
            return Post("/v1/support-sessions", new { @operator = World.Operator, key = World.OperatorKey, tenant = (string?)(await a.Everything.ReadAsync("/v1/tenant"))["slug"] });
        });
    }

    private static async Task<string> NewAsync(Side a) =>
        $"/v1/support-grants/{a.Remember(await a.Everything.CreateAsync("/v1/support-grants", new { reason = a.TenantText("Reason"), organizationId = a.DistrictX })).Id()}";
}
