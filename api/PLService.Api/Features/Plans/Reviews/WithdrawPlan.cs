using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>
/// Takes back a plan that was submitted and waits for its decision. It stands where it stood before: never submitted, returned or accepted. The round stays
/// among the submissions, and those who can review the plan are written to.
/// </summary>
internal static class WithdrawPlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/withdraw", Handle)
            .UseCase(nameof(WithdrawPlan), "Take a submitted plan back")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.OwnPartsOnly, PlanReviewErrors.NotSubmitted)
            .Example(response: PlanResponse.Sample with { ReviewState = PlanReviewState.None, Version = 3 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, IfMatch ifMatch, ReviewDesk desk, CancellationToken ct)
    {
        var (plan, refused) = await desk.WithdrawAsync(id, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
