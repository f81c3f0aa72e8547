using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Frameworks;

/// <summary>The frameworks that the tenant can use, by code: its own and those of the catalog; narrowed by any of the filters together.</summary>
internal static class ListFrameworks
{
    public sealed class Request : PageRequest
    {
        /// <summary>Part of title or code, in any case, 2 to 300 characters.</summary>
        public string? Q { get; init; }

        /// <summary>Only with this status.</summary>
        public FrameworkStatus? Status { get; init; }

        /// <summary>Only those of the catalog, or only the tenant's own.</summary>
        public bool? Catalog { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.Q).Length(2, FrameworkLimits.NameLength);
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapQuery("/", Handle)
            .UseCase(nameof(ListFrameworks), "List frameworks")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Page<FrameworkSummary>([FrameworkSummary.Sample], null, null));

    private static async Task<Ok<Page<FrameworkSummary>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        // The tenant's own stands before one of the catalog with the same id or code.
        var found = db.Frameworks.AsNoTracking().Where(f => f.TenantId != Guid.Empty
            || !db.Frameworks.Any(own => own.TenantId != Guid.Empty && (own.Id == f.Id || own.Code == f.Code)));
        if (request.Q is { } text)
        {
            var pattern = $"%{text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
            found = found.Where(f => EF.Functions.ILike(f.Title, pattern, "\\") || EF.Functions.ILike(f.Code, pattern, "\\"));
        }

        if (request.Status is { } status)
            found = found.Where(f => f.Status == status);
        if (request.Catalog is { } catalog)
            found = found.Where(f => f.TenantId == Guid.Empty == catalog);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys))
        {
            var (lastCode, lastId) = (keys[0], Guid.Parse(keys[1]));
            found = found.Where(f => EF.Functions.GreaterThan(ValueTuple.Create(f.Code, f.Id), ValueTuple.Create(lastCode, lastId)));
        }

        var page = await found.OrderBy(f => f.Code).ThenBy(f => f.Id).Take(request.Take + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page.ConvertAll(FrameworkSummary.Of), request.Take, f => [f.Code, f.Id.ToString()], count));
    }
}
