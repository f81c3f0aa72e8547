using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>
/// Changes some fields of the team's worksheet. If-Match takes the version that you read. Others may have changed the worksheet since: as long as
/// they left your fields alone, both changes hold, and you get the merged worksheet. If somebody changed one of your fields to something else,
/// nothing is stored and 412 <c>worksheet.fields_changed</c> lists each such field with the text at your version, theirs and yours. An old value
/// comes back by sending it again.
/// </summary>
internal static class PatchWorksheet
{
    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapPatch("/", Handle)
            .UseCase(nameof(PatchWorksheet), "Change fields of the team's worksheet")
            .RequireScope(Scopes.ToolkitsWrite)
            .Accepts<WorksheetChangeRequest>(MergePatch.ContentType, MediaTypeNames.Application.Json)
            .Validate<WorksheetChangeRequest>()
            .Refuses(ToolkitRunErrors.NotMember)
            .Example(WorksheetChangeRequest.Sample, WorksheetResponse.Sample);

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, WorksheetChangeRequest request, IfMatch ifMatch, WorksheetDesk desk, WorksheetWriter writer, WorksheetReader reader, CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindForWorkAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        return await writer.ChangeAsync(sheet, request.Values, ifMatch, ct) is { } stale ? stale : TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }
}
