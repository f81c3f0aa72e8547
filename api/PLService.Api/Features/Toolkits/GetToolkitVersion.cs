using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Toolkits;

/// <summary>One version of a toolkit with its status, its hash and its whole document.</summary>
internal static class GetToolkitVersion
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapGet("/{code}/versions/{label}", Handle)
            .UseCase(nameof(GetToolkitVersion), "Read a toolkit version")
            .RequireScope(Scopes.ToolkitsRead)
            .Example(response: ToolkitVersionResponse.Sample);

    private static async Task<Results<Ok<ToolkitVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, ToolkitShelf shelf, CancellationToken ct) =>
        await shelf.FindVersionAsync(code, label, ct) is { } version
            ? TypedResults.Ok(ToolkitVersionResponse.Of(version))
            : Problems.NotFound("toolkit_version");
}
