using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>Answers a comment; a thread has 200 answers at most. Who takes part in the thread is written to.</summary>
internal static class ReplyToPlanComment
{
    /// <param name="Text">The answer, 5,000 characters at most.</param>
    public sealed record Request(string Text);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Text).NotEmpty().MaximumLength(PlanComment.TextMaxLength);
    }

    public static void Map(RouteGroupBuilder comments) =>
        comments.MapPost("/{commentId:guid}/answers", Handle)
            .UseCase(nameof(ReplyToPlanComment), "Answer a comment on a plan")
            .RequireScope(Scopes.PlansComment)
            .Validate<Request>()
            .Refuses(PlanCommentErrors.IsAnswer, PlanCommentErrors.TooMany)
            .Example(new Request(PlanCommentResponse.SampleAnswer.Text), PlanCommentResponse.SampleAnswer);

    private static async Task<Results<Created<PlanCommentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid commentId, Request request, PLServiceDbContext db, CommentDesk desk, Caller caller, CancellationToken ct)
    {
        if (await desk.FindAsync(id, commentId, ct) is not var (plan, thread))
            return Problems.NotFound("plan_comment");
        if (thread.ThreadId is not null)
            return PlanCommentErrors.IsAnswer.ToConflict();
        if (await db.PlanComments.CountAsync(c => c.ThreadId == commentId, ct) >= PlanComment.MaxReplies)
            return PlanCommentErrors.TooMany.ToConflict();

        // Who reads the thread again finds another one.
        db.Touch(thread);
        var answer = await desk.AddAsync(plan, thread.Answer(request.Text, caller.PersonId, caller.ApiClientId), ct);
        return TypedResults.Created($"/v1/plans/{id}/comments/{answer.Id}", answer);
    }
}
