using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>One toolkit, with its versions but without their documents.</summary>
internal static class GetToolkit
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapGet("/{code}", Handle)
            .UseCase(nameof(GetToolkit), "Read a toolkit")
            .RequireScope(Scopes.ToolkitsRead)
            .Example(response: ToolkitResponse.Sample);

    private static async Task<Results<Ok<ToolkitResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, PLServiceDbContext db, ToolkitShelf shelf, CancellationToken ct)
    {
        if (await shelf.ByCode(code).AsNoTracking().SingleOrDefaultAsync(ct) is not { } toolkit)
            return Problems.NotFound("toolkit");

        var versions = await db.ToolkitVersions
            .Where(v => v.TenantId == toolkit.TenantId && v.ToolkitId == toolkit.Id)
            .OrderByDescending(v => v.Id)
            .Select(v => new { v.Label, v.Status, v.Sha256, v.PublishedAt, v.RetiredAt })
            .ToListAsync(ct);
        return TypedResults.Ok(ToolkitResponse.Of(toolkit, versions.Select(v =>
            new ToolkitVersionSummary(v.Label, v.Status, Convert.ToHexStringLower(v.Sha256), v.PublishedAt, v.RetiredAt))));
    }
}
