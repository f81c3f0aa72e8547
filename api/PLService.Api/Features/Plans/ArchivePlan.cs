using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans;

/// <summary>A draft that came to nothing or a completed plan is put away: lists show it only when they are asked for archived plans.</summary>
internal static class ArchivePlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/archive", Handle)
            .UseCase(nameof(ArchivePlan), "Put a plan away")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.WrongStatus, PlanErrors.OwnPartsOnly)
            .Example(response: PlanResponse.Sample with { Status = PlanStatus.Archived, Version = 2 });

    private static async Task<Results<Ok<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, IfMatch ifMatch, PlanLife life, CancellationToken ct)
    {
        var (plan, refused) = await life.MoveAsync(id, PlanStatus.Archived, ifMatch, ct);
        return plan is null ? refused! : TypedResults.Ok(PlanResponse.Of(plan));
    }
}
