using PLService.Api.Domain.Plans;

namespace PLService.Api.Tests.Plans;

/// <summary>What becomes of unfinished steps when a column is closed.</summary>
public sealed class CheckInDecisionTests
{
    private static readonly ChartCalendar Calendar = new(ChartData.Start, PlanContent.UsualMarks);

    [Fact]
    public void What_is_not_finished_goes_on_to_the_last_day_of_the_next_column_and_from_the_last_one_thirty_days_on()
    {
        var data = new ChartData();
        data.Step("On the mark", 30);
        data.Step("Overdue", -5, with: step => step with { Status = StepStatus.InProgress });
        data.Step("Next", 31);
        data.Step("Some day", null);
        data.Step("Done", 10, with: step => step with { Status = StepStatus.Done, DoneOn = ChartData.Day(9) });
        data.Step("Dropped", 10, with: step => step with { Status = StepStatus.Dropped });

        Assert.Equal([("On the mark", ChartData.Day(60)), ("Overdue", ChartData.Day(60))], Decide(data, 0).Select(outcome => (outcome.Title, outcome.DueOn!.Value)));
        Assert.Equal([ChartData.Day(150)], Decide(data, 3).Select(outcome => outcome.DueOn!.Value).Distinct());
    }

    [Fact]
    public void The_team_decides_otherwise_step_by_step_and_each_decision_can_be_taken_back()
    {
        var data = new ChartData();
        var (moved, done, told, dropped) = (data.Step("Moved", 5), data.Step("Done", 6), data.Step("Told", 7), data.Step("Dropped", 8, with: step => step with { Status = StepStatus.InProgress }));
        var outcomes = Decide(
            data, 0, new(moved.Id, StepFate.CarriedOver, ChartData.Day(33)), new(done.Id, StepFate.Done), new(told.Id, StepFate.Done, DoneOn: ChartData.Day(3)), new(dropped.Id, StepFate.Dropped));

        var after = outcomes.Zip(data.Steps).Select(pair => pair.First.Apply(pair.Second.Content)).ToList();
        Assert.Equal(
            [(ChartData.Day(33), StepStatus.NotStarted, null), (ChartData.Day(6), StepStatus.Done, ChartData.Day(30)), (ChartData.Day(7), StepStatus.Done, ChartData.Day(3)), (ChartData.Day(8), StepStatus.Dropped, (DateOnly?)null)],
            after.Select(step => (step.DueOn!.Value, step.Status, step.DoneOn)));
        Assert.Equal(data.Steps.Select(step => step.Content), outcomes.Zip(after).Select(pair => pair.First.TakeBack(pair.Second)!));
    }

    [Fact]
    public void A_decision_is_not_taken_back_over_a_later_one()
    {
        var data = new ChartData();
        var step = data.Step("Step", 5);
        StepContent? Back(StepFate fate, Func<StepContent, StepContent> since) =>
            Decide(data, 0, new StepDecision(step.Id, fate))[0] is var outcome ? outcome.TakeBack(since(outcome.Apply(step.Content))) : null;

        Assert.Null(Back(StepFate.CarriedOver, content => content with { DueOn = ChartData.Day(61) }));
        Assert.Null(Back(StepFate.Done, content => content with { DoneOn = ChartData.Day(1) }));
        Assert.Null(Back(StepFate.Done, content => content with { Status = StepStatus.InProgress, DoneOn = null }));
        Assert.Null(Back(StepFate.Dropped, content => content with { Status = StepStatus.InProgress }));
        // What the check-in did not decide may have become anything.
        Assert.Equal((ChartData.Day(5), "New", StepStatus.Done), Back(StepFate.CarriedOver, content => content with { Title = "New", Status = StepStatus.Done }) is { } back ? (back.DueOn, back.Title, back.Status) : default);
    }

    [Fact]
    public void A_step_that_is_done_in_an_early_check_in_was_done_that_day()
    {
        var data = new ChartData();
        var step = data.Step("Step", 5);

        var (outcomes, _) = CarryOver.Decide(Calendar, 0, data.Steps, [new(step.Id, StepFate.Done)], ChartData.Day(25));

        Assert.Equal(ChartData.Day(25), Assert.Single(outcomes).DoneOn);
    }

    [Fact]
    public void Decisions_that_cannot_be_are_told_by_their_places()
    {
        var data = new ChartData();
        var (open, later, done) = (data.Step("Open", 5), data.Step("Later", 50), data.Step("Done", 5, with: step => step with { Status = StepStatus.Done }));

        var (outcomes, faults) = CarryOver.Decide(
            Calendar, 0, data.Steps, [new(open.Id, StepFate.CarriedOver, ChartData.Day(30)), new(later.Id, StepFate.Dropped), new(done.Id, StepFate.Done), new(Guid.CreateVersion7(), StepFate.Done)], ChartData.Day(40));

        Assert.Empty(outcomes);
        Assert.Equal(
            [(0, CheckInErrors.DueInClosedColumn), (1, CheckInErrors.StepNotOpen), (2, CheckInErrors.StepNotOpen), (3, CheckInErrors.StepNotOpen)], faults);
    }

    private static IReadOnlyList<StepOutcome> Decide(ChartData data, int column, params StepDecision[] decisions)
    {
        var (outcomes, faults) = CarryOver.Decide(Calendar, column, data.Steps, decisions, ChartData.Day(200));
        Assert.Empty(faults);
        return outcomes;
    }
}
