using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Strategies;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.Resources;

/// <summary>What a plan takes, beside others.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Teachers">How many teachers were said to be there; null when nobody said it.</param>
/// <param name="Total">Of the whole plan.</param>
/// <param name="Strategies">Of each strategy, in their order, and last of what belongs to none; those that take nothing are left out.</param>
/// <param name="Published">Published figures of other school systems.</param>
/// <param name="MinimumGroupSize">The tenant's least group; where fewer siblings have a figure, nothing is told of it.</param>
/// <param name="Siblings">The organization's plans beside those of its siblings.</param>
internal sealed record PlanResourceSummary(
    Guid PlanId,
    int? Teachers,
    ResourceTotals Total,
    IReadOnlyList<StrategyResources> Strategies,
    IReadOnlyList<PublishedComparison> Published,
    int MinimumGroupSize,
    IReadOnlyList<SiblingComparison> Siblings)
{
    public static readonly PlanResourceSummary Sample = Of(
        PlanSamples.Plan,
        [
            PlanResourceResponse.SampleContent,
            new ResourceContent { Kind = ResourceKind.People, Title = "Coaches", Role = "Instructional coach", Fte = 4, TeachersPerLeader = 12 },
            new ResourceContent { Kind = ResourceKind.Money, Title = "Substitutes", Amount = 240_000, Source = "Title II, Part A", Years = [2026, 2027] },
        ],
        [(PlanStrategyResponse.Sample.Id, PlanStrategyResponse.Sample.Title)], 400, [new(true, 4, 90, 0, 240_000)], 5);

    /// <param name="planId">The plan.</param>
    /// <param name="resources">Its resources.</param>
    /// <param name="strategies">Its strategies, in their order.</param>
    /// <param name="teachers">How many teachers there are.</param>
    /// <param name="tallies">What active plans of the organization and its siblings take.</param>
    /// <param name="minimum">The tenant's least group.</param>
    public static PlanResourceSummary Of(
        Guid planId, IReadOnlyList<ResourceContent> resources, IReadOnlyList<(Guid Id, string Title)> strategies, int? teachers, IReadOnlyList<SiblingTally> tallies, int minimum)
    {
        var (total, byStrategy) = (ResourceTotals.Of(resources, teachers), resources.ToLookup(of => of.StrategyId));
        return new(
            planId, teachers, total,
            [
                .. strategies.Select(strategy => ((Guid?)strategy.Id, (string?)strategy.Title)).Append((null, null)).Where(strategy => byStrategy.Contains(strategy.Item1))
                    .Select(strategy => new StrategyResources(strategy.Item1, strategy.Item2, ResourceTotals.Of(byStrategy[strategy.Item1], teachers))),
            ],
            [.. ReferenceFigures.All.SelectMany(set => set.Figures).Select(figure => PublishedComparison.Of(figure, total))],
            minimum,
            [
                Compared(ResourceMeasure.Fte, of => of.Fte), Compared(ResourceMeasure.MinutesPerWeek, of => of.MinutesPerWeek),
                Compared(ResourceMeasure.DaysPerYear, of => of.DaysPerYear), Compared(ResourceMeasure.Amount, of => of.Amount),
            ]);

        SiblingComparison Compared(ResourceMeasure measure, Func<SiblingTally, decimal> figure) =>
            SiblingComparison.Of(measure, tallies.Where(of => of.IsOwn).Sum(figure), tallies.Where(of => !of.IsOwn).Select(figure), minimum);
    }
}

/// <summary>What a strategy takes.</summary>
/// <param name="StrategyId">The strategy; null for what belongs to the whole plan.</param>
/// <param name="Title">What it is called; null for what belongs to the whole plan.</param>
/// <param name="Totals">What it takes.</param>
internal sealed record StrategyResources(Guid? StrategyId, string? Title, ResourceTotals Totals);

/// <summary>A published figure beside the plan's own.</summary>
/// <param name="Figure">The figure, with its source.</param>
/// <param name="Own">The plan's figure; null when it names none.</param>
/// <param name="Difference">The plan's figure less the published one; null without one.</param>
internal sealed record PublishedComparison(ReferenceFigure Figure, decimal? Own, decimal? Difference)
{
    public static PublishedComparison Of(ReferenceFigure figure, ResourceTotals total)
    {
        decimal? own = figure.Measure switch
        {
            ResourceMeasure.Fte => total.Fte,
            ResourceMeasure.MinutesPerWeek => total.MinutesPerWeek.Total,
            ResourceMeasure.DaysPerYear => total.DaysPerYear.Total,
            ResourceMeasure.Amount => total.Amount,
            _ => null,
        };
        own = own is > 0 ? own : null;
        return new(figure, own, own - figure.Value);
    }
}
