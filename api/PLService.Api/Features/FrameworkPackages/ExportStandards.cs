using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>
/// The standards of a framework as a table, in the order of the tree, each with its first parent; importing the file again changes nothing. The id
/// may be the framework's code. A cell that a spreadsheet would run as a formula has an apostrophe before it, which the import takes off.
/// </summary>
internal static class ExportStandards
{
    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapGet("/{id}/standards.csv", Handle)
            .UseCase(nameof(ExportStandards), "Export standards as a table")
            .RequireScope(Scopes.StandardsRead)
            .Produces<string>(StatusCodes.Status200OK, Csv.MediaType)
            .AnswersWith("ETag", "The present state of the framework, for If-None-Match.")
            .Example(response: "identifier,code,label,statement,itemType,parentIdentifier,parentCode,sequence,language,educationLevels,subjects,notes\r\n"
                + "0b7e1d93-2c4f-4a68-8f31-5d6e7f809a1b,EV,Evidence,Professional learning is planned from evidence.,Standard,,,1,en,,,\r\n");

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        string id, HttpContext context, PackageReader reader, PackageLoader loader, CancellationToken ct)
    {
        if (await reader.FindAsync(id, withDrafts: true, ct) is not { } framework)
            return Problems.NotFound("framework");
        if (EntityTags.AnswersUnchanged(context, $"{framework.Version}"))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var rows = StandardRows.Of(await loader.LoadAsync(framework, ct));
        return Csv.File($"{framework.Code}.csv", rows, [.. StandardColumns.All.Select(column => (column.Name, (Func<StandardRow, object?>)(row => CsvRows.Guarded(column.Read(row)))))]);
    }
}
