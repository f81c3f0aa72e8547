using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>Reopens a thread that was resolved: by who opened it, who leads where the plan is, or who reviews plans there.</summary>
internal static class ReopenPlanComment
{
    public static void Map(RouteGroupBuilder comments) =>
        comments.MapPost("/{commentId:guid}/reopen", Handle)
            .UseCase(nameof(ReopenPlanComment), "Reopen a thread about a plan")
            .RequireScope(Scopes.PlansComment)
            .Refuses(PlanCommentErrors.NotYours, PlanCommentErrors.IsAnswer)
            .Example(response: PlanCommentResponse.Sample with { Version = 3 });

    private static async Task<Results<Ok<PlanCommentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid commentId, IfMatch ifMatch, CommentDesk desk, CancellationToken ct)
    {
        var (comment, refused) = await desk.ChangeAsync(id, commentId, ifMatch, "planComment.reopened", onlyOwn: false, c => c.Reopen(), ct);
        return comment is null ? refused! : TypedResults.Ok(comment);
    }
}
