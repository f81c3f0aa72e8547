using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>
/// Takes a whole toolkit document as a new draft version. A code that is new creates the toolkit too; a code of the catalog is
/// refused, so that one code never means two toolkits. Every fault of the document is named with its place.
/// </summary>
internal static class ImportToolkit
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapPost("/", Handle)
            .UseCase(nameof(ImportToolkit), "Import a toolkit version")
            .RequireScope(Scopes.ToolkitsWrite)
            .RequireAuthor()
            .Validate<ToolkitDocument>()
            .Refuses(ToolkitErrors.IsCatalog, ToolkitErrors.LabelTaken)
            .Example(ToolkitSample.Document, ToolkitVersionResponse.Sample);

    private static async Task<Results<Created<ToolkitVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        ToolkitDocument document, PLServiceDbContext db, ToolkitShelf shelf, AuditTrail audit, CancellationToken ct)
    {
        var toolkit = await shelf.ByCode(document.Code).SingleOrDefaultAsync(ct);
        if (toolkit?.TenantId == Guid.Empty)
            return ToolkitErrors.IsCatalog.ToConflict();

        if (toolkit is null)
            db.Add(toolkit = Toolkit.Create(document.Code, ToolkitShelf.TitleOf(document)));
        else
            toolkit.Retitle(ToolkitShelf.TitleOf(document));
        var (json, sha256) = ToolkitShelf.Pack(document);
        var version = ToolkitVersion.Create(toolkit.Id, document.Version, json, sha256);
        db.Add(version);
        audit.Record("toolkit.imported", version.Id, organizationId: null, new { document.Code, version.Label });
        // Two first imports of one code at a time clash over the toolkit; the second is told of the version, which it would clash with next.
        if (await db.TrySaveAsync(ToolkitErrors.LabelTaken, ct) is { } taken)
            return taken.ToConflict();

        return TypedResults.Created($"/v1/toolkits/{document.Code}/versions/{version.Label}", ToolkitVersionResponse.Of(version, document));
    }
}
