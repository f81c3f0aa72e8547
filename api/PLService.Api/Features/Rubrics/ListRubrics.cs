using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Rubrics;

/// <summary>Rubrics of the tenant's frameworks and of the catalog, framework by framework in their order, without their criteria.</summary>
internal static class ListRubrics
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only those of this framework, named by id or code.</summary>
        public string? Framework { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 3) => RuleFor(request => request.Framework).MaximumLength(40);
    }

    /// <param name="Id">The CASE identifier.</param>
    /// <param name="Title">The title; null when it has none.</param>
    /// <param name="Framework">The framework that keeps it.</param>
    /// <param name="CreatedAt">When it was created.</param>
    /// <param name="UpdatedAt">When it was last changed.</param>
    /// <param name="Version">+1 per change; the ETag.</param>
    public sealed record Item(Guid Id, string? Title, RubricFramework Framework, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version);

    public static void Map(RouteGroupBuilder rubrics) =>
        rubrics.MapQuery("/", Handle)
            .UseCase(nameof(ListRubrics), "List rubrics")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .MayNotExist()
            .Example(response: new Page<Item>(
                [new(RubricSample.Id, RubricSample.Document.Title, RubricSample.Framework, RubricSample.Time, RubricSample.Time, 1)], null, null));

    private static async Task<Results<Ok<Page<Item>>, JsonHttpResult<ApiProblem>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        // The tenant's own stands before one of the catalog with the same id.
        var found = db.Rubrics.Where(r => r.TenantId != Guid.Empty || !db.Rubrics.Any(own => own.TenantId != Guid.Empty && own.Id == r.Id));
        if (request.Framework is { } name)
        {
            if (await db.FrameworkNamed(name).Select(f => new { f.TenantId, f.Id }).SingleOrDefaultAsync(ct) is not { } named)
                return Problems.NotFound("framework");
            found = found.Where(r => r.TenantId == named.TenantId && r.FrameworkId == named.Id);
        }

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys)
            && Guid.TryParse(keys[0], out var framework) && int.TryParse(keys[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            var id = Guid.Parse(keys[2]);
            found = found.Where(r => EF.Functions.GreaterThan(ValueTuple.Create(r.FrameworkId, r.Position, r.Id), ValueTuple.Create(framework, position, id)));
        }

        var rows = await (
            from r in found.OrderBy(r => r.FrameworkId).ThenBy(r => r.Position).ThenBy(r => r.Id).Take(request.Take + 1)
            join f in db.Frameworks on new { r.TenantId, Id = r.FrameworkId } equals new { f.TenantId, f.Id }
            orderby r.FrameworkId, r.Position, r.Id
            select new { r.Position, Item = new Item(r.Id, r.Title, new(f.Id, f.Code, f.Title, f.TenantId == Guid.Empty), r.CreatedAt, r.UpdatedAt, r.Version) }).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, row => [row.Item.Framework.Id.ToString(), row.Position.ToString(CultureInfo.InvariantCulture), row.Item.Id.ToString()], count);
        return TypedResults.Ok(new Page<Item>([.. page.Items.Select(row => row.Item)], page.NextCursor, page.Count));
    }
}
