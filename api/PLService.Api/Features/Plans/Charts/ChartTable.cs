using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>A chart as a table: a row for each thing that stands in a cell.</summary>
internal static class ChartTable
{
    private static readonly (string Header, Func<Row, object?> Cell)[] Columns =
    [
        ("column", row => row.Column),
        ("startsOn", row => row.StartsOn),
        ("endsOn", row => row.EndsOn),
        ("isClosed", row => row.IsClosed),
        ("row", row => row.Kind),
        ("text", row => row.Text),
        ("owner", row => row.Action?.OwnerName),
        ("status", row => row.Action?.Status),
        ("dueOn", row => row.Action?.DueOn ?? row.Move?.To),
        ("firstDueOn", row => row.Action?.FirstDueOn),
        ("doneOn", row => row.Action?.DoneOn),
        ("carriedOver", row => row.Action?.CarriedOver),
        ("id", row => row.Id),
    ];

    public static FileContentHttpResult Of(PlanChart chart, string tag) => Csv.File("plan-chart.csv", Rows(chart), Columns, tag);

    private static IEnumerable<Row> Rows(PlanChart chart) =>
    [
        .. chart.Columns.SelectMany(RowsOf),
        .. In(new("beyond", chart.Beyond.StartsOn, null, false), [.. RowsOf(chart.Beyond.Cells), .. Actions("bestGuess", chart.Beyond.BestGuess), .. Actions("done", chart.Beyond.Done)]),
        .. In(new("undated", null, null, false), RowsOf(chart.Undated)),
        .. In(new("plan", chart.StartsOn, chart.EndsOn, false), RowsOf(chart.Obstacles)),
    ];

    private static IEnumerable<Row> RowsOf(ChartColumn column) => In(
        new($"{column.Mark}", column.StartsOn, column.EndsOn, column.IsClosed),
        [
            .. RowsOf(column.Cells),
            .. Actions("bestGuess", column.BestGuess),
            .. Actions("done", column.Happened.Done),
            .. column.Happened.CarriedOver.Select(move => new Row("carriedOver", move.Title, move.StepId) { Move = move }),
            .. Actions("dropped", column.Happened.Dropped),
            .. column.Happened.CheckIn is { } held ? Said(held) : [],
        ]);

    private static IEnumerable<Row> RowsOf(ChartCells cells) =>
    [
        .. cells.MajorFocus.Select(focus => new Row("majorFocus", focus.Title, focus.StrategyId)),
        .. Actions("action", cells.Actions),
        .. cells.Elements.Select(element => new Row("element", $"{element.Framework}/{element.Code}{(element.Label is null ? "" : ": " + element.Label)}", element.StandardId)),
        .. cells.ToolsAndMaterials.Select(tool => new Row("toolOrMaterial", tool, null)),
        .. cells.Challenges.Benefits.Select(benefit => new Row("expectedBenefit", benefit.Text, benefit.StepId)),
        .. cells.Challenges.Frustrations.Select(frustration => new Row("expectedFrustration", frustration.Text, frustration.StepId)),
        .. RowsOf(cells.Challenges.Obstacles),
    ];

    private static IEnumerable<Row> RowsOf(IEnumerable<ChartObstacle> obstacles) => obstacles.Select(obstacle => new Row("obstacle", obstacle.Title, obstacle.ObstacleId));

    private static IEnumerable<Row> Actions(string kind, IEnumerable<ChartAction> actions) => actions.Select(action => new Row(kind, action.Title, action.StepId) { Action = action });

    private static IEnumerable<Row> Said(ChartCheckIn held) =>
        new[] { ("checkInDone", held.Done), ("checkInBenefits", held.Benefits), ("checkInFrustrations", held.Frustrations), ("checkInNotes", held.Notes) }
            .Where(said => said.Item2 is not null).Select(said => new Row(said.Item1, said.Item2!, held.CheckInId));

    private static IEnumerable<Row> In(Place place, IEnumerable<Row> rows) =>
        rows.Select(row => row with { Column = place.Column, StartsOn = place.StartsOn, EndsOn = place.EndsOn, IsClosed = place.IsClosed });

    private sealed record Place(string Column, DateOnly? StartsOn, DateOnly? EndsOn, bool IsClosed);

    private sealed record Row(string Kind, string Text, Guid? Id)
    {
        public string Column { get; init; } = "";

        public DateOnly? StartsOn { get; init; }

        public DateOnly? EndsOn { get; init; }

        public bool IsClosed { get; init; }

        public ChartAction? Action { get; init; }

        public ChartMove? Move { get; init; }
    }
}
