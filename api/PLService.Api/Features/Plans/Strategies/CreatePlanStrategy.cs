using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Strategies;

/// <summary>Adds a strategy: a way to the vision, of which action steps are made.</summary>
internal static class CreatePlanStrategy
{
    public static void Map(RouteGroupBuilder strategies) =>
        strategies.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanStrategy), "Add a strategy to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<StrategyContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownCause, PlanErrors.ExternalIdTaken)
            .Example(PlanStrategyResponse.SampleContent, PlanStrategyResponse.Sample);

    private static async Task<Results<Created<PlanStrategyResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, StrategyContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Strategy, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/strategies/{part.Id}", PlanStrategyResponse.Of(part));
    }
}
