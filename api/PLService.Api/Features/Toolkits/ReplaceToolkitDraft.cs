using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>Replaces the document of a draft. Its code stays; its version label may change with the document, and the address with it.</summary>
internal static class ReplaceToolkitDraft
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapPut("/{code}/versions/{label}", Handle)
            .UseCase(nameof(ReplaceToolkitDraft), "Replace a draft")
            .RequireScope(Scopes.ToolkitsWrite)
            .RequireAuthor()
            .Validate<ToolkitDocument>()
            .Refuses(ToolkitErrors.IsCatalog, ToolkitErrors.CodeMismatch, ToolkitErrors.NotDraft, ToolkitErrors.LabelTaken)
            .Example(ToolkitSample.Document, ToolkitVersionResponse.Sample);

    private static async Task<Results<Ok<ToolkitVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, ToolkitDocument document, IfMatch ifMatch, PLServiceDbContext db, ToolkitShelf shelf, AuditTrail audit,
        CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("toolkit_version");
        if (ToolkitShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        if (document.Code != code)
            return ToolkitErrors.CodeMismatch.ToConflict();
        var (json, sha256) = ToolkitShelf.Pack(document);
        if (version.Rewrite(document.Version, json, sha256) is { } refused)
            return refused.ToConflict();

        (await db.Toolkits.SingleAsync(i => i.Id == version.ToolkitId, ct)).Retitle(ToolkitShelf.TitleOf(document));
        audit.Record("toolkit.changed", version.Id, organizationId: null, new { code, version.Label });
        return await db.TrySaveAsync(ToolkitErrors.LabelTaken, ct) is { } taken
            ? taken.ToConflict()
            : TypedResults.Ok(ToolkitVersionResponse.Of(version, document));
    }
}
