using PLService.Api.Domain.Plans;

namespace PLService.Api.Tests.Plans;

/// <summary>Cells are computed from dated steps.</summary>
public sealed class ChartCellTests
{
    [Theory]
    [InlineData(-10, 30)]
    [InlineData(0, 30)]
    [InlineData(30, 30)]
    [InlineData(31, 60)]
    [InlineData(60, 60)]
    [InlineData(61, 90)]
    [InlineData(90, 90)]
    [InlineData(120, 120)]
    [InlineData(121, null)]
    public void A_step_stands_in_the_column_in_which_it_is_due_and_nowhere_else(int due, int? mark)
    {
        var data = new ChartData();
        data.Step("Meet", due);

        var chart = data.Make();

        Assert.Equal(mark is { } only ? [only] : [], chart.Columns.Where(column => column.Cells.Actions.Count > 0).Select(column => column.Mark));
        Assert.Equal(mark is null ? 1 : 0, chart.Beyond.Cells.Actions.Count);
        Assert.Empty(chart.Undated.Actions);
    }

    [Fact]
    public void Columns_begin_the_day_after_a_mark_and_have_any_length()
    {
        var data = new ChartData();
        data.Plan = data.Plan with { Marks = [10, 45] };
        data.Step("Early", 10);
        data.Step("Late", 46);
        data.Step("Some day", null);

        var chart = data.Make();

        Assert.Equal([(10, ChartData.Day(0), ChartData.Day(10)), (45, ChartData.Day(11), ChartData.Day(45))], chart.Columns.Select(column => (column.Mark, column.StartsOn, column.EndsOn)));
        Assert.Equal(("Early", "Late", "Some day"), (Only(chart.Columns[0].Cells), Only(chart.Beyond.Cells), Only(chart.Undated)));
        Assert.Equal((ChartData.Day(46), 10), (chart.Beyond.StartsOn, chart.NextMark));
    }

    [Fact]
    public void The_rows_of_a_column_come_from_the_steps_that_stand_there()
    {
        var data = new ChartData();
        var structures = data.Strategy("Structures", new ServedStandard("pl-components", "C18"));
        var other = data.Strategy("Coaching");
        data.Standard("pl-components", "C18", new("pl-components", "C18", "Time", Guid.CreateVersion7()));
        data.Step("Agree on a time", 40, with: step => step with
        {
            StrategyId = structures,
            ToolsAndMaterials = ["Schedules", "Chart paper"],
            Serves = [new("gone", "X")],
            ExpectedBenefits = "Teams meet.",
            ExpectedFrustrations = " ",
            OwnerName = "Ada",
        });
        data.Step("Tell everybody", 35, with: step => step with { StrategyId = structures, ToolsAndMaterials = ["schedules"] });
        data.Step("Hire a coach", 50, with: step => step with { StrategyId = other, Status = StepStatus.Dropped, ToolsAndMaterials = ["Money"], ExpectedBenefits = "Help." });
        data.Obstacle("Buses", structures);
        data.Obstacle("Solved", structures, ObstacleStatus.Resolved);
        data.Obstacle("Nobody to hire", other);
        data.Obstacle("Culture", null, ObstacleStatus.Mitigating);

        var chart = data.Make();
        var cells = chart.Columns[1].Cells;

        Assert.Equal(["Structures"], cells.MajorFocus.Select(focus => focus.Title));
        Assert.Equal(["Tell everybody", "Agree on a time", "Hire a coach"], cells.Actions.Select(action => action.Title));
        Assert.Equal([("pl-components", "Time"), ("gone", null)], cells.Elements.OrderByDescending(element => element.Framework).Select(element => (element.Framework, element.Label)));
        Assert.Equal(["Schedules", "Chart paper"], cells.ToolsAndMaterials.OrderByDescending(tool => tool, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["Teams meet."], cells.Challenges.Benefits.Select(benefit => benefit.Text));
        Assert.Empty(cells.Challenges.Frustrations);
        Assert.Equal(["Buses"], cells.Challenges.Obstacles.Select(obstacle => obstacle.Title));
        // What stands in no column is said all the same.
        Assert.Equal(["Nobody to hire", "Culture"], chart.Obstacles.Select(obstacle => obstacle.Title));
        Assert.Empty(chart.Columns[0].Cells.MajorFocus);
    }

    [Fact]
    public void Two_names_of_what_is_one_standard_today_are_one_element()
    {
        var data = new ChartData();
        var today = new ChartElement("lf-2022", "LEA", "Leadership", Guid.CreateVersion7());
        data.Standard("lf-2011", "LDR", today);
        data.Standard("lf-2022", "LEA", today);
        data.Step("Lead", 5, with: step => step with { Serves = [new("lf-2011", "LDR"), new("lf-2022", "LEA")] });

        Assert.Equal([today], data.Make().Columns[0].Cells.Elements);
    }

    [Fact]
    public void The_best_guess_is_where_a_step_was_first_planned_and_what_happened_is_when_it_was_done()
    {
        var data = new ChartData();
        var late = data.Step("Late", 70, firstDue: 20, step => step with { Status = StepStatus.Done, DoneOn = ChartData.Day(65) });
        data.Step("Early", 100, with: step => step with { Status = StepStatus.Done, DoneOn = ChartData.Day(30) });
        data.Step("After all", 110, with: step => step with { Status = StepStatus.Done, DoneOn = ChartData.Day(200) });
        data.Step("Given up", 20, with: step => step with { Status = StepStatus.Dropped });
        data.Held(30, new() { Done = "We met.", Benefits = "Time.", Frustrations = "Buses." }, new StepOutcome(late.Id, "Late", StepFate.CarriedOver, StepStatus.NotStarted, ChartData.Day(20), ChartData.Day(60), null));

        var chart = data.Make();

        Assert.Equal(["Late", "Given up"], chart.Columns[0].BestGuess.Select(action => action.Title).OrderDescending());
        Assert.Equal([["Early"], [], ["Late"], []], chart.Columns.Select(column => column.Happened.Done.Select(action => action.Title).ToArray()));
        Assert.Equal(["After all"], chart.Beyond.Done.Select(action => action.Title));
        var first = chart.Columns[0];
        Assert.Equal((true, false, 60), (first.IsClosed, chart.Columns[1].IsClosed, chart.NextMark));
        Assert.Equal([("Late", ChartData.Day(20), ChartData.Day(60))], first.Happened.CarriedOver.Select(move => (move.Title, move.From, move.To)));
        Assert.Equal(["Given up"], first.Happened.Dropped.Select(action => action.Title));
        Assert.Equal(("We met.", "Time.", "Buses."), (first.Happened.CheckIn!.Done, first.Happened.CheckIn.Benefits, first.Happened.CheckIn.Frustrations));
    }

    [Fact]
    public void A_closed_column_stays_one_when_the_marks_are_changed()
    {
        var data = new ChartData();
        data.Plan = data.Plan with { Marks = [45, 90] };
        data.Held(30, new() { Done = "We met." });

        var chart = data.Make();

        Assert.Equal([(30, true), (45, false), (90, false)], chart.Columns.Select(column => (column.Mark, column.IsClosed)));
        Assert.Equal(45, chart.NextMark);
        Assert.Equal("We met.", chart.Columns[0].Happened.CheckIn!.Done);
    }

    [Fact]
    public void Owners_are_named_wherever_they_stand()
    {
        var (ada, team) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var data = new ChartData();
        data.Step("Meet", 5, with: step => step with { OwnerPersonId = ada, OwnerTeamId = team, OwnerName = "Principals", Status = StepStatus.Done, DoneOn = ChartData.Day(4) });
        data.Step("Beyond", 200, with: step => step with { OwnerPersonId = ada });
        data.Step("Undated", null, with: step => step with { OwnerPersonId = Guid.CreateVersion7() });

        var chart = data.Make();
        var named = ChartNames.Name(chart, new Dictionary<Guid, string> { [ada] = "Ada Moreno", [team] = "Team 1" });

        Assert.Equal(3, ChartNames.In(chart).Count());
        Assert.All(new[] { named.Columns[0].Cells.Actions, named.Columns[0].BestGuess, named.Columns[0].Happened.Done }, actions => Assert.Equal("Ada Moreno, Team 1, Principals", actions[0].OwnerName));
        Assert.Equal(("Ada Moreno", null), (named.Beyond.Cells.Actions[0].OwnerName, named.Undated.Actions[0].OwnerName));
    }

    private static string Only(ChartCells cells) => Assert.Single(cells.Actions).Title;
}
