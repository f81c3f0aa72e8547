using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>
/// Submits a plan to the next level, for the first time or once more. A version of it is kept, so that what was submitted can be compared with what it says
/// later; those who can review it are written to. The plan goes on being worked on.
/// </summary>
internal static class SubmitPlan
{
    /// <param name="Note">What the next level is to know, 5,000 characters at most.</param>
    public sealed record Request(string? Note = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Note).MaximumLength(PlanReview.TextMaxLength);
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/submit", Handle)
            .UseCase(nameof(SubmitPlan), "Submit a plan to the next level")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PlanErrors.OwnPartsOnly, PlanErrors.NotEditable, PlanReviewErrors.AlreadySubmitted)
            .Example(new Request("Ready for the region."), PlanResponse.Sample with { ReviewState = PlanReviewState.Submitted, Version = 2 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Request request, IfMatch ifMatch, ReviewDesk desk, CancellationToken ct)
    {
        var (plan, refused) = await desk.SubmitAsync(id, request.Note, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
