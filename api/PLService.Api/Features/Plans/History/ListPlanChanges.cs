using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.History;

/// <summary>Who changed what of a plan and its parts, the latest first: each field with what it said before and after. Any change can be undone.</summary>
internal static class ListPlanChanges
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of this part; of the plan itself with the plan's own id.</summary>
        public Guid? TargetId { get; init; }

        /// <summary>Only by this person.</summary>
        public Guid? PersonId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
        }
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapQuery("/{id:guid}/changes", Handle)
            .UseCase(nameof(ListPlanChanges), "List who changed what of a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<PlanChangeResponse>([PlanChangeResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<PlanChangeResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachablePlans().AnyAsync(plan => plan.Id == id, ct))
            return Problems.NotFound("plan");
        var found = db.PlanChanges.AsNoTracking().Where(change => change.PlanId == id);
        if (request.TargetId is { } target)
            found = found.Where(change => change.TargetId == target);
        if (request.PersonId is { } person)
            found = found.Where(change => change.PersonId == person);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys) && long.TryParse(keys[0], out var version) && Guid.TryParse(keys[1], out var last))
            found = found.Where(change => change.Version < version || (change.Version == version && change.TargetId < last));

        var rows = await found.OrderByDescending(change => change.Version).ThenByDescending(change => change.TargetId).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, change => [change.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), change.TargetId.ToString()], count);
        var names = await db.NamesOfAsync(page.Items.Select(change => change.PersonId), ct);
        return TypedResults.Ok(new Page<PlanChangeResponse>([.. page.Items.Select(change => PlanChangeResponse.Of(change, names))], page.NextCursor, page.Count));
    }
}
