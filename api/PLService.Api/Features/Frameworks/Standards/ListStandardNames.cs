using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>What a standard is called, and what it was called before, the latest former name first. A name is kept once its framework is published.</summary>
internal static class ListStandardNames
{
    public sealed class Request : PageRequest;

    public sealed class Validator() : PageRequestValidator<Request>(keys: 2);

    /// <param name="Current">What it is called now.</param>
    /// <param name="Items">What it was called before, the latest first.</param>
    /// <param name="NextCursor">What to pass as <c>cursor</c> for the next page; null when this is the last one.</param>
    /// <param name="Count">The number of former names, when <c>count=true</c> was asked for.</param>
    public sealed record Response(Name Current, IReadOnlyList<Name> Items, string? NextCursor, long? Count);

    /// <param name="Code">How people cite it.</param>
    /// <param name="Label">A short form.</param>
    /// <param name="Statement">The whole text.</param>
    /// <param name="ValidFrom">First day of the name, UTC; null when it is not known.</param>
    /// <param name="ValidTo">The day from which another name holds, UTC; null for the name of today.</param>
    public sealed record Name(string? Code, string? Label, string Statement, DateOnly? ValidFrom, DateOnly? ValidTo);

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapQuery("/{id:guid}/names", Handle)
            .UseCase(nameof(ListStandardNames), "List what a standard was called")
            .RequireScope(Scopes.StandardsRead)
            .Validate<Request>()
            .Example(response: new Response(
                new("LDR", "Learning Drivers", "Learning Drivers", new DateOnly(2024, 2, 8), null),
                [new("EQD", "Equity Drivers", "Equity Drivers", null, new DateOnly(2024, 2, 8))],
                null,
                null));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var current = await db.StandardNamed(id)
            .Select(s => new
            {
                s.TenantId,
                Name = new Name(
                    s.Code, s.Label, s.Statement,
                    db.StandardNames.Where(n => n.TenantId == s.TenantId && n.StandardId == s.Id).Max(n => (DateOnly?)n.ValidTo), null),
            })
            .SingleOrDefaultAsync(ct);
        if (current is null)
            return Problems.NotFound("standard");

        var former = db.StandardNames.AsNoTracking().Where(n => n.TenantId == current.TenantId && n.StandardId == id);
        var count = request.Count is true ? await former.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys) && DateOnly.TryParseExact(keys[0], "O", out var lastDay))
        {
            var lastId = Guid.Parse(keys[1]);
            former = former.Where(n => EF.Functions.LessThan(ValueTuple.Create(n.ValidTo, n.Id), ValueTuple.Create(lastDay, lastId)));
        }

        var rows = await former.OrderByDescending(n => n.ValidTo).ThenByDescending(n => n.Id).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, n => [n.ValidTo.ToString("O", CultureInfo.InvariantCulture), n.Id.ToString()], count);
        return TypedResults.Ok(new Response(
            current.Name, [.. page.Items.Select(n => new Name(n.Code, n.Label, n.Statement, n.ValidFrom, n.ValidTo))], page.NextCursor, page.Count));
    }
}
