using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>One comment with the answers to it.</summary>
internal static class GetPlanComment
{
    public static void Map(RouteGroupBuilder comments) =>
        comments.MapGet("/{commentId:guid}", Handle)
            .UseCase(nameof(GetPlanComment), "Read a comment on a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanCommentResponse.Sample with { Answers = [PlanCommentResponse.SampleAnswer], Version = 2 });

    private static async Task<Results<Ok<PlanCommentResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid commentId, CommentDesk desk, CancellationToken ct) =>
        await desk.FindAsync(id, commentId, ct) is var (_, comment)
            ? TypedResults.Ok((await desk.ShownAsync([comment], ct))[0])
            : Problems.NotFound("plan_comment");
}
