using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans;

/// <summary>A draft becomes active, and so does a completed plan that is taken up again: its steps count in reports and in the lists of what is due.</summary>
internal static class ActivatePlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/activate", Handle)
            .UseCase(nameof(ActivatePlan), "Make a plan the one that is worked on")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.WrongStatus, PlanErrors.OwnPartsOnly)
            .Example(response: PlanResponse.Sample with { Status = PlanStatus.Active, Version = 2 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, IfMatch ifMatch, PlanLife life, CancellationToken ct)
    {
        var (plan, refused) = await life.MoveAsync(id, PlanStatus.Active, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
