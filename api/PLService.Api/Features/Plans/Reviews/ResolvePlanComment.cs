using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>Resolves a thread: by who opened it, who leads where the plan is, or who reviews plans there. It can still be answered and reopened.</summary>
internal static class ResolvePlanComment
{
    public static void Map(RouteGroupBuilder comments) =>
        comments.MapPost("/{commentId:guid}/resolve", Handle)
            .UseCase(nameof(ResolvePlanComment), "Resolve a thread about a plan")
            .RequireScope(Scopes.PlansComment)
            .Refuses(PlanCommentErrors.NotYours, PlanCommentErrors.IsAnswer)
            .Example(response: PlanCommentResponse.Sample with { ResolvedAt = PlanSamples.Time.AddDays(2), ResolvedByPersonId = PlanCommentResponse.Sample.PersonId, Version = 2 });

    private static async Task<Results<Ok<PlanCommentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid commentId, IfMatch ifMatch, CommentDesk desk, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var (comment, refused) = await desk.ChangeAsync(id, commentId, ifMatch, "planComment.resolved", onlyOwn: false, c => c.Resolve(caller.PersonId, clock.GetUtcNow()), ct);
        return comment is null ? refused! : TypedResults.Ok(comment);
    }
}
