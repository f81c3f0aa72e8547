using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class TenantOperations
{
    public static void Map(OperationMap map)
    {
        map.OwnTenant("GetTenant", _ => Task.FromResult(Get("/v1/tenant")));
        map.WholeTenant("ChangeTenant", Expectation.Nothing, _ => Task.FromResult(Put("/v1/tenant", new { name = "Tenant", minimumGroupSize = 5 }, "*")));
    }
}
