using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

/// <summary>An active plan whose marks have passed, or are to come.</summary>
internal sealed record ChartPlan(TestTenant Tenant, Guid District, HttpClient Everything, string Path, DateOnly Start)
{
    public Guid Id => Guid.Parse(Path.Split('/')[^1]);

    /// <summary>The day so many days after the start, as it is sent.</summary>
    public string Day(int days) => Start.AddDays(days).ToString("O");

    public Task<JsonObject> ChartAsync() => Everything.ReadAsync($"{Path}/chart");

    /// <summary>Adds a step that is due so many days after the start.</summary>
    public async Task<Guid> StepAsync(string title, int? due, object? further = null)
    {
        var step = new JsonObject { ["title"] = title, ["dueOn"] = due is { } days ? Day(days) : null };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(further ?? new { })!.AsObject())
            step[name] = value?.DeepClone();
        return (await Everything.CreateAsync($"{Path}/steps", step.ToJsonString())).Id();
    }

    public Task<JsonObject> ReadStepAsync(Guid step) => Everything.ReadAsync($"{Path}/steps/{step}");

    public async Task<JsonObject> ChangeStepAsync(Guid step, object patch) =>
        await (await Everything.SendJsonAsync(HttpMethod.Patch, $"{Path}/steps/{step}", patch, "*")).ExpectAsync(HttpStatusCode.OK);

    /// <summary>Holds a check-in, which must go well.</summary>
    public Task<JsonObject> HoldAsync(object checkIn) => Everything.CreateAsync($"{Path}/check-ins", checkIn);

    public Task<HttpResponseMessage> TryHoldAsync(object checkIn, HttpClient? by = null) => (by ?? Everything).SendJsonAsync(HttpMethod.Post, $"{Path}/check-ins", checkIn);

    public async Task<HttpClient> AsAsync(Role role) => Tenant.As(await Tenant.NewPersonAsync((role, District)));
}

internal static class CheckInSteps
{
    /// <summary>A new active plan of a district that began so many days ago.</summary>
    public static async Task<ChartPlan> NewChartPlanAsync(this ApiServer api, int daysAgo = 200, bool activate = true, object? further = null)
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar Valley" })).Id();
        var start = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-daysAgo);
        var plan = new JsonObject { ["organizationId"] = district, ["title"] = "Learning together", ["startsOn"] = start.ToString("O"), ["endsOn"] = start.AddYears(1).ToString("O") };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(further ?? new { })!.AsObject())
            plan[name] = value?.DeepClone();
        var made = new ChartPlan(tenant, district, everything, $"/v1/plans/{(await everything.CreateAsync("/v1/plans", plan.ToJsonString())).Id()}", start);
        if (activate)
            await (await everything.SendJsonAsync(HttpMethod.Post, $"{made.Path}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return made;
    }

    /// <summary>The titles of the steps that stand in a column.</summary>
    public static string[] Standing(this JsonObject chart, int mark) => [.. chart.Column(mark)["cells"]!["actions"]!.AsArray().Select(action => (string)action!["title"]!)];

    public static JsonObject Column(this JsonObject chart, int mark) => chart["columns"]!.AsArray().Single(column => (int)column!["mark"]! == mark)!.AsObject();

    public static string[] Titles(this JsonNode? actions) => [.. actions!.AsArray().Select(action => (string)action!["title"]!)];
}
