using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Needs;

/// <summary>Adds what an employee group or a site needs.</summary>
internal static class CreatePlanNeed
{
    public static void Map(RouteGroupBuilder needs) =>
        needs.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanNeed), "Add a need to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<NeedContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownSite)
            .Example(PlanNeedResponse.SampleContent, PlanNeedResponse.Sample);

    private static async Task<Results<Created<PlanNeedResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, NeedContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Need, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/needs/{part.Id}", PlanNeedResponse.Of(part));
    }
}
