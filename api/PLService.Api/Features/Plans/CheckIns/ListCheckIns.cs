using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>The check-ins of a plan in the order of their marks, without the charts that they keep.</summary>
internal static class ListCheckIns
{
    public sealed class Request : PageRequest;

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
        }
    }

    public static void Map(RouteGroupBuilder checkIns) =>
        checkIns.MapQuery("/", Handle)
            .UseCase(nameof(ListCheckIns), "List the check-ins of a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<CheckInResponse>([CheckInResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<CheckInResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachablePlans().AnyAsync(plan => plan.Id == id, ct))
            return Problems.NotFound("plan");
        var found = db.CheckIns.AsNoTracking().Where(held => held.PlanId == id);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        // A plan has one check-in a mark.
        if (Cursor.TryDecode(request.Cursor, out var keys) && int.TryParse(keys[0], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            found = found.Where(held => held.Mark > last);

        var rows = await found.OrderBy(held => held.Mark).Take(request.Take + 1).Select(CheckInRow.Columns).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, row => [row.Mark.ToString(CultureInfo.InvariantCulture), row.Id.ToString()], count);
        var names = await db.NamesOfAsync(page.Items.Select(row => row.PersonId), ct);
        return TypedResults.Ok(new Page<CheckInResponse>([.. page.Items.Select(row => CheckInDesk.Response(row, names))], page.NextCursor, page.Count));
    }
}
