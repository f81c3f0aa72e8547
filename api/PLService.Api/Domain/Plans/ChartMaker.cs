namespace PLService.Api.Domain.Plans;

/// <summary>Computes charts.</summary>
internal sealed class ChartMaker
{
    private readonly ChartSource _source;
    private readonly ChartCalendar _calendar;
    private readonly Dictionary<Guid, StrategyContent> _strategies;
    private readonly Dictionary<int, HeldCheckIn> _held;

    private ChartMaker(ChartSource source)
    {
        (_source, _calendar) = (source, source.Calendar);
        _strategies = source.Strategies.ToDictionary();
        _held = source.CheckIns.ToDictionary(held => held.Mark);
    }

    public static PlanChart Make(ChartSource source) => new ChartMaker(source).Make();

    /// <summary>The mark of the next check-in: the first after the last that was held.</summary>
    public static int? NextMark(PlanContent plan, IEnumerable<int> held)
    {
        var last = held.DefaultIfEmpty(0).Max();
        return plan.Marks.Where(mark => mark > last).Select(mark => (int?)mark).Min();
    }

    private PlanChart Make()
    {
        var marks = _calendar.Marks;
        var due = _source.Steps.ToLookup(step => ColumnOf(step.Content.DueOn));
        var guessed = _source.Steps.ToLookup(step => ColumnOf(step.FirstDueOn));
        var done = _source.Steps.Where(step => step.Content.Status is StepStatus.Done).ToLookup(step => ColumnOf(step.Content.DoneOn));

        var columns = marks.Select((mark, column) => new ChartColumn(
            mark, _calendar.FirstDayOf(column), _calendar.LastDayOf(column), _held.ContainsKey(mark),
            CellsOf(due[column]), Guesses(guessed[column]), HappenedIn(mark, done[column], due[column]))).ToList();
        var shown = columns.SelectMany(column => column.Cells.MajorFocus).Select(focus => focus.StrategyId).ToHashSet();
        return new(
            _source.PlanId, _source.Plan.Title, _source.Status, _source.Organization, _source.Plan.StartsOn, _source.Plan.EndsOn, _source.Plan.Vision,
            NextMark(_source.Plan, _held.Keys), columns,
            new(_calendar.DayOf(marks[^1] + 1), CellsOf(due[marks.Count]), Guesses(guessed[marks.Count]), Actions(done[marks.Count])),
            CellsOf(due[Nowhere]),
            ObstaclesWhere(strategy => strategy is null || !shown.Contains(strategy.Value)));
    }

    private const int Nowhere = -1;

    private int ColumnOf(DateOnly? day) => day is { } known ? _calendar.ColumnOf(known) : Nowhere;

    private ChartCells CellsOf(IEnumerable<ChartStep> standing)
    {
        var all = standing.ToList();
        // A step that was given up tells nothing any more of what is worked on.
        var live = all.FindAll(step => step.Content.Status is not StepStatus.Dropped);
        var used = live.Select(step => step.Content.StrategyId).OfType<Guid>().ToHashSet();
        var served = live.SelectMany(step => step.Content.Serves.Concat(StrategyOf(step)?.Serves ?? []));
        return new(
            [.. _source.Strategies.Where(strategy => used.Contains(strategy.Key)).Select(strategy => new ChartFocus(strategy.Key, strategy.Value.Title))],
            Actions(all),
            [.. served.Distinct().Select(ElementOf).DistinctBy(element => (element.StandardId, element.StandardId is null ? (element.Framework, element.Code) : default))],
            [.. live.SelectMany(step => step.Content.ToolsAndMaterials).Distinct(StringComparer.OrdinalIgnoreCase)],
            new(
                Expectations(live, step => step.ExpectedBenefits),
                Expectations(live, step => step.ExpectedFrustrations),
                ObstaclesWhere(strategy => strategy is { } id && used.Contains(id))));
    }

    private ChartHappened HappenedIn(int mark, IEnumerable<ChartStep> done, IEnumerable<ChartStep> due)
    {
        var held = _held.GetValueOrDefault(mark);
        return new(
            Actions(done),
            [.. (held?.Outcomes ?? []).Where(outcome => outcome.Fate is StepFate.CarriedOver)
                .Select(outcome => new ChartMove(outcome.StepId, outcome.Title, outcome.DueBefore, outcome.DueOn!.Value))],
            Actions(due.Where(step => step.Content.Status is StepStatus.Dropped)),
            held is null ? null : new(held.Id, held.HeldOn, held.EarlyReason, held.Content.Done, held.Content.Benefits, held.Content.Frustrations, held.Content.Notes));
    }

    private StrategyContent? StrategyOf(ChartStep step) => step.Content.StrategyId is { } id ? _strategies.GetValueOrDefault(id) : null;

    private ChartElement ElementOf(ServedStandard named) => _source.Standards.GetValueOrDefault(named) ?? new(named.Framework, named.Code, null, null);

    private List<ChartObstacle> ObstaclesWhere(Func<Guid?, bool> isOf) =>
    [
        .. _source.Obstacles.Where(obstacle => obstacle.Value.Status is ObstacleStatus.Open or ObstacleStatus.Mitigating && isOf(obstacle.Value.StrategyId))
            .Select(obstacle => new ChartObstacle(obstacle.Key, obstacle.Value.Title, obstacle.Value.Kind, obstacle.Value.Severity, obstacle.Value.Status)),
    ];

    private static List<ChartExpectation> Expectations(IEnumerable<ChartStep> steps, Func<StepContent, string?> text) =>
        [.. steps.Select(step => (step.Id, Text: text(step.Content))).Where(said => !string.IsNullOrWhiteSpace(said.Text)).Select(said => new ChartExpectation(said.Id, said.Text!))];

    // By day, so that a column reads from its beginning to its end.
    private static List<ChartAction> Actions(IEnumerable<ChartStep> steps) => [.. steps.OrderBy(step => step.Content.DueOn ?? DateOnly.MaxValue).Select(Action)];

    private static List<ChartAction> Guesses(IEnumerable<ChartStep> steps) => [.. steps.OrderBy(step => step.FirstDueOn).Select(Action)];

    private static ChartAction Action(ChartStep step) => new(
        step.Id, step.Content.StrategyId, step.Content.Title, step.Content.Status, step.Content.DueOn, step.FirstDueOn, step.Content.DoneOn, step.CarriedOver,
        step.Content.OwnerPersonId, step.Content.OwnerTeamId, step.Content.OwnerName);
}
