using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>Retires a published version: no further team begins with it, and those that have go on.</summary>
internal static class RetireToolkitVersion
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapPost("/{code}/versions/{label}/retire", Handle)
            .UseCase(nameof(RetireToolkitVersion), "Retire a published version")
            .RequireScope(Scopes.ToolkitsWrite)
            .RequireAuthor()
            .Refuses(ToolkitErrors.IsCatalog, ToolkitErrors.NotPublished)
            .Example(response: ToolkitVersionResponse.Sample);

    private static async Task<Results<Ok<ToolkitVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, IfMatch ifMatch, PLServiceDbContext db, ToolkitShelf shelf, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("toolkit_version");
        if (ToolkitShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        if (version.Retire(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("toolkit.retired", version.Id, organizationId: null, new { code, label });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ToolkitVersionResponse.Of(version));
    }
}
