using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.Toolkits;

/// <summary>The bare document of a version, as an import takes it: imported elsewhere it has the same hash.</summary>
internal static class ExportToolkit
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapGet("/{code}/versions/{label}/document", Handle)
            .UseCase(nameof(ExportToolkit), "Export a toolkit version")
            .RequireScope(Scopes.ToolkitsRead)
            .Produces<ToolkitDocument>()
            .Example(response: ToolkitSample.Document);

    private static async Task<Results<JsonHttpResult<ToolkitDocument>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, ToolkitShelf shelf, CancellationToken ct) =>
        await shelf.FindVersionAsync(code, label, ct) is { } version
            ? TypedResults.Json(ToolkitJson.Read(version.Document), ToolkitJson.Options)
            : Problems.NotFound("toolkit_version");
}
