namespace PLService.Api.Domain.Plans;

/// <summary>
/// Puts names to those who see to the steps of a chart. A chart is computed and kept without names of people, so that one that was kept
/// long ago shows what they are called today, and nobody who is gone.
/// </summary>
internal static class ChartNames
{
    /// <summary>The people and teams that the chart names.</summary>
    public static IEnumerable<Guid> In(PlanChart chart) =>
        AllOf(chart).SelectMany(action => new[] { action.OwnerPersonId, action.OwnerTeamId }).OfType<Guid>().Distinct();

    /// <summary>The chart with names.</summary>
    public static PlanChart Name(PlanChart chart, IReadOnlyDictionary<Guid, string> names)
    {
        IReadOnlyList<ChartAction> Named(IReadOnlyList<ChartAction> actions) => [.. actions.Select(action => Name(action, names))];
        ChartCells InCells(ChartCells cells) => cells with { Actions = Named(cells.Actions) };

        return chart with
        {
            Columns =
            [
                .. chart.Columns.Select(column => column with
                {
                    Cells = InCells(column.Cells),
                    BestGuess = Named(column.BestGuess),
                    Happened = column.Happened with { Done = Named(column.Happened.Done), Dropped = Named(column.Happened.Dropped) },
                }),
            ],
            Beyond = chart.Beyond with { Cells = InCells(chart.Beyond.Cells), BestGuess = Named(chart.Beyond.BestGuess), Done = Named(chart.Beyond.Done) },
            Undated = InCells(chart.Undated),
        };
    }

    private static ChartAction Name(ChartAction action, IReadOnlyDictionary<Guid, string> names)
    {
        var owners = new[] { NameOf(action.OwnerPersonId, names), NameOf(action.OwnerTeamId, names), action.OwnerName }.OfType<string>().ToList();
        return action with { OwnerName = owners.Count == 0 ? null : string.Join(", ", owners) };
    }

    private static string? NameOf(Guid? id, IReadOnlyDictionary<Guid, string> names) => id is { } known ? names.GetValueOrDefault(known) : null;

    private static IEnumerable<ChartAction> AllOf(PlanChart chart) =>
        chart.Columns.SelectMany(column => column.Cells.Actions.Concat(column.BestGuess).Concat(column.Happened.Done).Concat(column.Happened.Dropped))
            .Concat(chart.Beyond.Cells.Actions).Concat(chart.Beyond.BestGuess).Concat(chart.Beyond.Done).Concat(chart.Undated.Actions);
}
