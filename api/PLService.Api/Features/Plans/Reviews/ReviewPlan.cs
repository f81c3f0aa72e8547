using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>
/// Decides about a plan that was submitted: accepts it, or returns it with what is to be changed. That is for the next level: whoever may review plans in the
/// organization above the plan's own, or in the whole tenant. Who submitted the plan is written to.
/// </summary>
internal static class ReviewPlan
{
    /// <param name="Decision">What is decided.</param>
    /// <param name="Comment">What is to be said with it, 5,000 characters at most; a plan that is returned needs it.</param>
    public sealed record Request(PlanDecision Decision, string? Comment = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Decision).IsInEnum();
            RuleFor(request => request.Comment).MaximumLength(PlanReview.TextMaxLength);
            RuleFor(request => request.Comment).NotEmpty().When(request => request.Decision is PlanDecision.Return);
        }
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/review", Handle)
            .UseCase(nameof(ReviewPlan), "Accept or return a plan")
            .RequireScope(Scopes.PlansReview)
            .Validate<Request>()
            .Refuses(PlanReviewErrors.NextLevelOnly, PlanReviewErrors.NotSubmitted)
            .Example(new Request(PlanDecision.Return, "Please say who sees to the second step."), PlanResponse.Sample with { ReviewState = PlanReviewState.Returned, Version = 3 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Request request, IfMatch ifMatch, ReviewDesk desk, CancellationToken ct)
    {
        var (plan, refused) = await desk.DecideAsync(id, request.Decision, request.Comment, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
