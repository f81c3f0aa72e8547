using PLService.Cli.Commands;
using PLService.Client;
using Spectre.Console;

namespace PLService.Cli.Output;

/// <summary>Plans and charts, as people like to read them.</summary>
internal static class PlanScreen
{
    /// <summary>A plan as a tree.</summary>
    public static void Draw(IAnsiConsole output, WholePlanResponse whole)
    {
        var plan = whole.Plan;
        output.Write(Screen.Facts(
            ("id", plan.Id.ToString()), ("title", plan.Title), ("status", Words.Of(plan.Status)), ("period", $"{plan.StartsOn:O} to {plan.EndsOn:O}"), ("vision", plan.Vision)));
        foreach (var strategy in whole.Strategies)
        {
            output.WriteLine(strategy.Title);
            DrawParts(output, whole, strategy.Id, "  ");
        }

        DrawParts(output, whole, null, "");
    }

    /// <summary>A chart, a column of the table for each of its own.</summary>
    public static void Draw(IAnsiConsole output, PlanChart chart)
    {
        output.Write(Screen.Facts(("plan", chart.Title), ("of", chart.Organization.Name), ("next check-in", chart.NextMark is { } mark ? $"day {mark}" : null)));
        var table = Screen.Table(["", .. chart.Columns.Select(column => $"{column.Mark} days{(column.IsClosed ? " (closed)" : "")}")]);
        Row("until", column => [$"{column.EndsOn:O}"]);
        Row("major focus", column => column.Cells.MajorFocus.Select(focus => focus.Title));
        Row("actions", column => column.Cells.Actions.Select(action => $"{action.Title} ({Words.Of(action.Status)})"));
        Row("element or standard", column => column.Cells.Elements.Select(element => $"{element.Framework}:{element.Code}"));
        Row("tools and materials", column => column.Cells.ToolsAndMaterials);
        Row("obstacles", column => column.Cells.Challenges.Obstacles.Select(obstacle => obstacle.Title));
        Row("done", column => column.Happened.Done.Select(action => action.Title));
        Row("carried over", column => column.Happened.CarriedOver.Select(move => move.Title));
        output.Write(table);

        void Row(string name, Func<ChartColumn, IEnumerable<string>> cells)
        {
            var texts = chart.Columns.Select(column => string.Join('\n', cells(column))).ToList();
            if (texts.Exists(text => text.Length > 0))
                table.AddRow([new Text(name), .. texts.Select(text => new Text(text))]);
        }
    }

    private static void DrawParts(IAnsiConsole output, WholePlanResponse whole, Guid? strategy, string indent)
    {
        foreach (var step in whole.Steps.Where(step => step.StrategyId == strategy))
            output.WriteLine($"{indent}[{Words.Of(step.Status)}] {step.Title}{(step.DueOn is { } due ? $", due {due:O}" : "")}{(step.OwnerName is { } owner ? $", {owner}" : "")}");
        foreach (var obstacle in whole.Obstacles.Where(obstacle => obstacle.StrategyId == strategy))
            output.WriteLine($"{indent}! {obstacle.Title} ({Words.Of(obstacle.Kind)}, {Words.Of(obstacle.Severity)}, {Words.Of(obstacle.Status)})");
    }
}
