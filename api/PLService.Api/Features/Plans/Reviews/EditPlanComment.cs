using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>Changes what a comment or an answer of one's own says, 50 times at most. What it said before stays to be read.</summary>
internal static class EditPlanComment
{
    /// <param name="Text">What it is to say, 5,000 characters at most.</param>
    public sealed record Request(string Text);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Text).NotEmpty().MaximumLength(PlanComment.TextMaxLength);
    }

    public static void Map(RouteGroupBuilder comments) =>
        comments.MapPut("/{commentId:guid}", Handle)
            .UseCase(nameof(EditPlanComment), "Change a comment of one's own")
            .RequireScope(Scopes.PlansComment)
            .Validate<Request>()
            .Refuses(PlanCommentErrors.NotYours, PlanCommentErrors.TooManyEdits)
            .Example(new Request("Who talks to both bargaining units?"), PlanCommentResponse.Sample with
            {
                Text = "Who talks to both bargaining units?",
                Earlier = [new(PlanCommentResponse.Sample.Text, PlanSamples.Time)],
                Version = 2,
            });

    private static async Task<Results<Ok<PlanCommentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid commentId, Request request, IfMatch ifMatch, CommentDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var (comment, refused) = await desk.ChangeAsync(id, commentId, ifMatch, "planComment.changed", onlyOwn: true, c => c.Edit(request.Text, clock.GetUtcNow()), ct);
        return comment is null ? refused! : TypedResults.Ok(comment);
    }
}
