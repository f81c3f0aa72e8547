using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Frameworks;

/// <summary>One framework, its own or one of the catalog, with how much it holds; its standards have an address of their own.</summary>
internal static class GetFramework
{
    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapGet("/{framework}", Handle)
            .UseCase(nameof(GetFramework), "Read a framework")
            .RequireScope(Scopes.StandardsRead)
            .Example(response: FrameworkResponse.Sample);

    private static async Task<Results<Ok<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(string framework, FrameworkDesk desk, CancellationToken ct) =>
        await desk.ReadAsync(framework, ct) is { } found ? TypedResults.Ok(found) : Problems.NotFound("framework");
}
