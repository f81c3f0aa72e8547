namespace PLService.Api.Features.Operations;

internal static class OperationsFeature
{
    /// <summary>What operators and tools need: probes, the contract and its pages.</summary>
    public static void MapOperations(this WebApplication app)
    {
        var operations = app.MapGroup("").WithTags("Operations").AllowAnonymous();
        GetLiveness.Map(operations);
        GetReadiness.Map(operations);
        Documentation.Map(app);
    }

    /// <summary>Where a client that knows only the base address begins.</summary>
    public static void MapDiscovery(this RouteGroupBuilder v1) => GetDiscovery.Map(v1.MapGroup("").WithTags("Operations"));
}
