using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>One import: how far it is while it runs, and its receipt afterwards.</summary>
internal static class GetImport
{
    public static void Map(RouteGroupBuilder imports) =>
        imports.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetImport), "Read an import and its receipt")
            .RequireScope(Scopes.ImportsRead)
            .Example(response: ImportResponse.Sample);

    private static async Task<Results<Ok<ImportResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, Caller caller, CancellationToken ct) =>
        await ImportResponse.Reachable(db, caller).AsNoTracking().Where(i => i.Id == id).Select(ImportResponse.From(db)).SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(ImportResponse.Of(found))
            : Problems.NotFound("import");
}
