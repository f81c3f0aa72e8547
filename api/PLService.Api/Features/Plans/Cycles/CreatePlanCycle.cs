using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Cycles;

/// <summary>Adds an improvement cycle to a strategy: research, identify, implement, evaluate, review.</summary>
internal static class CreatePlanCycle
{
    public static void Map(RouteGroupBuilder cycles) =>
        cycles.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanCycle), "Add an improvement cycle to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<CycleContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownParent)
            .Example(PlanCycleResponse.SampleContent, PlanCycleResponse.Sample);

    private static async Task<Results<Created<PlanCycleResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, CycleContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Cycle, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/cycles/{part.Id}", PlanCycleResponse.Of(part));
    }
}
