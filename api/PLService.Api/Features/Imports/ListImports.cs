using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>Imports, newest first; narrowed by any of the filters together.</summary>
internal static class ListImports
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only with this status.</summary>
        public ImportStatus? Status { get; init; }

        /// <summary>Only of this kind.</summary>
        public ImportKind? Kind { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>;

    public static void Map(RouteGroupBuilder imports) =>
        imports.MapQuery("/", Handle)
            .UseCase(nameof(ListImports), "List imports")
            .RequireScope(Scopes.ImportsRead)
            .Validate<Request>()
            .Example(response: new Page<ImportResponse>([ImportResponse.Sample], null, null));

    private static async Task<Ok<Page<ImportResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, Caller caller, CancellationToken ct)
    {
        var found = ImportResponse.Reachable(db, caller).AsNoTracking();
        if (request.Status is { } status)
            found = found.Where(i => i.Status == status);
        if (request.Kind is { } kind)
            found = found.Where(i => i.Kind == kind);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(i => i.Id < last);
        var rows = await found.OrderByDescending(i => i.Id).Take(request.Take + 1).Select(ImportResponse.From(db)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(ImportResponse.Of), request.Take, i => [i.Id.ToString()], count));
    }
}
