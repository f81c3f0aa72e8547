using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Measures;

/// <summary>Adds a measure to an improvement cycle.</summary>
internal static class CreatePlanMeasure
{
    public static void Map(RouteGroupBuilder measures) =>
        measures.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanMeasure), "Add a measure to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<MeasureContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownParent)
            .Example(PlanMeasureResponse.SampleContent, PlanMeasureResponse.Sample);

    private static async Task<Results<Created<PlanMeasureResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, MeasureContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Measure, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/measures/{part.Id}", PlanMeasureResponse.Of(part));
    }
}
