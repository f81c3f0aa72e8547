using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>Removes a draft, and the toolkit with its last version. What was published stays: teams' work refers to it.</summary>
internal static class DeleteToolkitDraft
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapDelete("/{code}/versions/{label}", Handle)
            .UseCase(nameof(DeleteToolkitDraft), "Delete a draft")
            .RequireScope(Scopes.ToolkitsWrite)
            .RequireAuthor()
            .Refuses(ToolkitErrors.IsCatalog, ToolkitErrors.NotDraft);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, IfMatch ifMatch, PLServiceDbContext db, ToolkitShelf shelf, AuditTrail audit, CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("toolkit_version");
        if (ToolkitShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        if (version.Status is not ToolkitVersionStatus.Draft)
            return ToolkitErrors.NotDraft.ToConflict();

        db.Remove(version);
        if (!await db.ToolkitVersions.AnyAsync(v => v.ToolkitId == version.ToolkitId && v.Id != version.Id, ct))
            db.Remove(await db.Toolkits.SingleAsync(i => i.Id == version.ToolkitId, ct));
        audit.Record("toolkit.deleted", version.Id, organizationId: null, new { code, label });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
