using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Steps;

/// <summary>Adds an action step: who does what by when. It stands in the column of the chart in which it is due.</summary>
internal static class CreatePlanStep
{
    public static void Map(RouteGroupBuilder steps) =>
        steps.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanStep), "Add an action step to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<StepContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownParent, PlanErrors.UnknownOwner, PlanErrors.UnknownCause, PlanErrors.ExternalIdTaken)
            .Example(PlanStepResponse.SampleContent, PlanStepResponse.Sample);

    private static async Task<Results<Created<PlanStepResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, StepContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Step, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/steps/{part.Id}", PlanStepResponse.Of(part));
    }
}
