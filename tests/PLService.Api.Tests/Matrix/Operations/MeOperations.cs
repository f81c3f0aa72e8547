using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class MeOperations
{
    public static void Map(OperationMap map)
    {
        map.Person("GetMe", _ => Task.FromResult(Get("/v1/me")));
        map.Person("ChangeMe", _ => Task.FromResult(Patch("/v1/me", new { language = "es" }, "*")));
    }
}
