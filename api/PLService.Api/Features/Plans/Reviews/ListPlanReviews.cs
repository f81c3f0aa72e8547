using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>The submissions of a plan with what was decided, the latest first.</summary>
internal static class ListPlanReviews
{
    public sealed class Request : PageRequest;

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator() => RuleFor(request => request.Cursor).Must(cursor => cursor is null || Last(cursor) is not null)
            .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapQuery("/{id:guid}/reviews", Handle)
            .UseCase(nameof(ListPlanReviews), "List the submissions of a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<PlanReviewResponse>([PlanReviewResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<PlanReviewResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachablePlans().AnyAsync(plan => plan.Id == id, ct))
            return Problems.NotFound("plan");
        var found = db.PlanReviews.AsNoTracking().Where(review => review.PlanId == id);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (request.Cursor is not null && Last(request.Cursor) is { } last)
            found = found.Where(review => review.Round < last);

        var rows = await found.OrderByDescending(review => review.Round).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, review => [review.Round.ToString(CultureInfo.InvariantCulture)], count);
        var names = await db.NamesOfAsync(page.Items.SelectMany(review => (Guid?[])[review.SubmittedByPersonId, review.DecidedByPersonId, review.WithdrawnByPersonId]), ct);
        return TypedResults.Ok(new Page<PlanReviewResponse>([.. page.Items.Select(review => PlanReviewResponse.Of(review, names))], page.NextCursor, page.Count));
    }

    private static int? Last(string cursor) => Cursor.TryDecode(cursor, out var keys) && keys is [var key] && int.TryParse(key, out var round) ? round : null;
}
