using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>The threads of a plan with their answers, the latest thread first.</summary>
internal static class ListPlanComments
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only those about this part; of the plan as a whole with the plan's own id.</summary>
        public Guid? PartId { get; init; }

        /// <summary>True for those that are resolved, false for the open ones.</summary>
        public bool? Resolved { get; init; }

        /// <summary>Only those that this person opened.</summary>
        public Guid? PersonId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1)
        {
        }
    }

    public static void Map(RouteGroupBuilder comments) =>
        comments.MapQuery("/", Handle)
            .UseCase(nameof(ListPlanComments), "List the comments on a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<PlanCommentResponse>([PlanCommentResponse.Sample with { Answers = [PlanCommentResponse.SampleAnswer], Version = 2 }], null, null));

    private static async Task<Results<Ok<Page<PlanCommentResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CommentDesk desk, CancellationToken ct)
    {
        if (await desk.PlanAsync(id, ct) is null)
            return Problems.NotFound("plan");
        var found = db.PlanComments.AsNoTracking().Where(c => c.PlanId == id && c.ThreadId == null);
        if (request.PartId is { } part)
            found = part == id ? found.Where(c => c.PartId == null) : found.Where(c => c.PartId == part);
        if (request.Resolved is { } resolved)
            found = found.Where(c => (c.ResolvedAt != null) == resolved);
        if (request.PersonId is { } person)
            found = found.Where(c => c.PersonId == person);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(c => c.Id < last);

        var page = Page.Of(await found.OrderByDescending(c => c.Id).Take(request.Take + 1).ToListAsync(ct), request.Take, comment => [comment.Id.ToString()], count);
        return TypedResults.Ok(new Page<PlanCommentResponse>(await desk.ShownAsync(page.Items, ct), page.NextCursor, page.Count));
    }
}
