using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans;

/// <summary>The plan is over. It is read, reported and copied, and changed no more unless it is made active again.</summary>
internal static class CompletePlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/complete", Handle)
            .UseCase(nameof(CompletePlan), "Complete a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.WrongStatus, PlanErrors.OwnPartsOnly)
            .Example(response: PlanResponse.Sample with { Status = PlanStatus.Completed, Version = 2 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, IfMatch ifMatch, PlanLife life, CancellationToken ct)
    {
        var (plan, refused) = await life.MoveAsync(id, PlanStatus.Completed, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
