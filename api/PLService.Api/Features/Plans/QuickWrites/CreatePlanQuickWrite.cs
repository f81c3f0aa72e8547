using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.QuickWrites;

/// <summary>Adds what you write for yourself of where we want to be one year from today. Everybody who reads the plan reads it; nobody else changes it.</summary>
internal static class CreatePlanQuickWrite
{
    public static void Map(RouteGroupBuilder quickWrites) =>
        quickWrites.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanQuickWrite), "Add a quick-write to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<QuickWriteContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts)
            .Example(PlanQuickWriteResponse.SampleContent, PlanQuickWriteResponse.Sample);

    private static async Task<Results<Created<PlanQuickWriteResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, QuickWriteContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.QuickWrite, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/quick-writes/{part.Id}", PlanQuickWriteResponse.Of(part));
    }
}
