using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>Adds people, time or money that the plan or one of its strategies takes.</summary>
internal static class CreatePlanResource
{
    public static void Map(RouteGroupBuilder resources) =>
        resources.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanResource), "Add a resource to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<ResourceContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownParent)
            .Example(PlanResourceResponse.SampleContent, PlanResourceResponse.Sample);

    private static async Task<Results<Created<PlanResourceResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, ResourceContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Resource, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/resources/{part.Id}", PlanResourceResponse.Of(part));
    }
}
