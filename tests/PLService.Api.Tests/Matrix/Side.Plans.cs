using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Plans of district X and their parts.</summary>
internal sealed partial class Side
{
    /// <summary>A plan of district X, as it is sent.</summary>
    public object NewPlan() => new { organizationId = DistrictX, title = Text("Plan"), startsOn = "2026-09-01", endsOn = "2027-08-31", externalId = Unique() };

    /// <summary>The path of a new plan of district X.</summary>
    public async Task<string> NewPlanAsync() => $"/v1/plans/{Remember(await Everything.CreateAsync("/v1/plans", NewPlan())).Id()}";

    /// <summary>The path of the parts of a kind in a new plan, and one of them as it is sent.</summary>
    public async Task<(string Path, object Part)> PartAsync(string kind)
    {
        var plan = await NewPlanAsync();
        async Task<Guid> StrategyAsync() => (await Everything.CreateAsync($"{plan}/strategies", new { title = Text("Strategy") })).Id();
        return ($"{plan}/{kind}", kind switch
        {
            "quick-writes" => new { text = Text("Vision") },
            "statements" => new { @if = Text("If"), then = Text("Then") },
            "strategies" => new { title = Text("Strategy") },
            "steps" => new { title = Text("Step"), strategyId = await StrategyAsync() },
            "progress-notes" => new { stepId = (await Everything.CreateAsync($"{plan}/steps", new { title = Text("Step") })).Id(), text = Text("Note") },
            "obstacles" => new { title = Text("Obstacle"), kind = "schedule" },
            "needs" => new { kind = "facility", description = Text("Need") },
            "resources" => new { kind = "money", title = Text("Grant"), amount = 1000 },
            "cycles" => new { strategyId = await StrategyAsync(), title = Text("Cycle") },
            "measures" => new
            {
                cycleId = (await Everything.CreateAsync($"{plan}/cycles", new { strategyId = await StrategyAsync(), title = Text("Cycle") })).Id(),
                name = Text("Measure"),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        });
    }

    /// <summary>The path of a new part of a new plan.</summary>
    public async Task<string> NewPartAsync(string kind)
    {
        var (path, part) = await PartAsync(kind);
        return $"{path}/{Remember(await Everything.CreateAsync(path, part)).Id()}";
    }
}
