using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Obstacles;
using PLService.Api.Features.Plans.Steps;
using PLService.Api.Features.Plans.Strategies;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>The chart of the examples, computed from the plan of the examples as any other.</summary>
internal static class ChartSamples
{
    public static readonly Guid CheckIn = Guid.Parse("01a2b3c4-0000-7000-8000-000000000410");

    public static readonly PlanChart Chart = ChartMaker.Make(new(
        PlanSamples.Plan,
        PlanStatus.Active,
        new(PlanSamples.Organization, "Cedar Valley", OrganizationKind.District),
        PlanResponse.SampleContent,
        [KeyValuePair.Create(PlanStrategyResponse.Sample.Id, PlanStrategyResponse.SampleContent)],
        [new(PlanStepResponse.Sample.Id, PlanStepResponse.SampleContent, PlanStepResponse.SampleContent.DueOn, 0)],
        [KeyValuePair.Create(PlanObstacleResponse.Sample.Id, PlanObstacleResponse.SampleContent)],
        [],
        new Dictionary<ServedStandard, ChartElement>
        {
            [new("pl-components", "C18")] = new("pl-components", "C18", "Time for professional learning", Guid.Parse("0b7e1d93-2c4f-4a68-8f31-5d6e7f809a1b")),
        }));
}
