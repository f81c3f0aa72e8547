using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Cycles;
using PLService.Api.Features.Plans.Measures;
using PLService.Api.Features.Plans.Needs;
using PLService.Api.Features.Plans.Obstacles;
using PLService.Api.Features.Plans.ProgressNotes;
using PLService.Api.Features.Plans.QuickWrites;
using PLService.Api.Features.Plans.Resources;
using PLService.Api.Features.Plans.Statements;
using PLService.Api.Features.Plans.Steps;
using PLService.Api.Features.Plans.Strategies;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans;

/// <summary>A plan with all of its parts.</summary>
/// <param name="Plan">What it says itself.</param>
/// <param name="QuickWrites">What people wrote of where they want to be one year from today.</param>
/// <param name="TheoryOfAction">If / then statements.</param>
/// <param name="Strategies">Strategies.</param>
/// <param name="Steps">Action steps.</param>
/// <param name="ProgressNotes">What was said of the steps' progress, the oldest first.</param>
/// <param name="Obstacles">Obstacles.</param>
/// <param name="Needs">What employee groups and sites need.</param>
/// <param name="Resources">People, time and money.</param>
/// <param name="Cycles">Improvement cycles.</param>
/// <param name="Measures">Their measures.</param>
internal sealed record WholePlanResponse(
    PlanResponse Plan,
    IReadOnlyList<PlanQuickWriteResponse> QuickWrites,
    IReadOnlyList<PlanStatementResponse> TheoryOfAction,
    IReadOnlyList<PlanStrategyResponse> Strategies,
    IReadOnlyList<PlanStepResponse> Steps,
    IReadOnlyList<PlanProgressNoteResponse> ProgressNotes,
    IReadOnlyList<PlanObstacleResponse> Obstacles,
    IReadOnlyList<PlanNeedResponse> Needs,
    IReadOnlyList<PlanResourceResponse> Resources,
    IReadOnlyList<PlanCycleResponse> Cycles,
    IReadOnlyList<PlanMeasureResponse> Measures) : IEntityTagged
{
    internal static readonly WholePlanResponse Sample = new(
        PlanResponse.Sample, [PlanQuickWriteResponse.Sample], [PlanStatementResponse.Sample], [PlanStrategyResponse.Sample], [PlanStepResponse.Sample],
        [PlanProgressNoteResponse.Sample], [PlanObstacleResponse.Sample], [PlanNeedResponse.Sample], [PlanResourceResponse.Sample], [PlanCycleResponse.Sample],
        [PlanMeasureResponse.Sample]);

    string IEntityTagged.EntityTag => Plan.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static WholePlanResponse Of(Plan plan, IReadOnlyList<PlanPart> parts)
    {
        var of = parts.ToLookup(part => part.Kind);
        return new(
            PlanResponse.Of(plan),
            [.. of[PlanPartKind.QuickWrite].Select(PlanQuickWriteResponse.Of)],
            [.. of[PlanPartKind.Statement].Select(PlanStatementResponse.Of)],
            [.. of[PlanPartKind.Strategy].Select(PlanStrategyResponse.Of)],
            [.. of[PlanPartKind.Step].Select(PlanStepResponse.Of)],
            [.. of[PlanPartKind.ProgressNote].Select(PlanProgressNoteResponse.Of)],
            [.. of[PlanPartKind.Obstacle].Select(PlanObstacleResponse.Of)],
            [.. of[PlanPartKind.Need].Select(PlanNeedResponse.Of)],
            [.. of[PlanPartKind.Resource].Select(PlanResourceResponse.Of)],
            [.. of[PlanPartKind.Cycle].Select(PlanCycleResponse.Of)],
            [.. of[PlanPartKind.Measure].Select(PlanMeasureResponse.Of)]);
    }
}
