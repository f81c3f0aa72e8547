using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reports;

/// <summary>A state with two regions; in the north two districts with plans and one without, in the south one.</summary>
internal sealed class PlanTree(TestTenant tenant)
{
    public HttpClient Client { get; } = tenant.Everything();

    public TestTenant Tenant => tenant;

    public Guid State { get; private set; }

    public Guid North { get; private set; }

    public Guid South { get; private set; }

    public Guid Alder { get; private set; }

    public Guid Birch { get; private set; }

    public Guid Dogwood { get; private set; }

    public static async Task<PlanTree> NewAsync(ApiServer api)
    {
        var tree = new PlanTree(await api.NewTenantAsync());
        tree.State = await tree.PlaceAsync("state", "State", null);
        tree.North = await tree.PlaceAsync("region", "north", tree.State);
        tree.South = await tree.PlaceAsync("region", "South", tree.State);
        tree.Alder = await tree.PlaceAsync("district", "Alder", tree.North);
        tree.Birch = await tree.PlaceAsync("district", "Birch", tree.North);
        await tree.PlaceAsync("district", "Cedar", tree.North);
        tree.Dogwood = await tree.PlaceAsync("district", "Dogwood", tree.South);
        return tree;
    }

    /// <summary>An active plan with these parts, each a path and what is sent.</summary>
    public async Task<string> PlanAsync(Guid organization, params (string Path, object Part)[] parts)
    {
        var plan = $"/v1/plans/{(await Client.CreateAsync("/v1/plans", new { organizationId = organization, title = "Plan", startsOn = "2026-07-01", endsOn = "2027-06-30" })).Id()}";
        foreach (var (path, part) in parts)
            await Client.CreateAsync($"{plan}/{path}", part);
        await BecomeAsync(plan, "activate");
        return plan;
    }

    public async Task BecomeAsync(string plan, string what) =>
        await (await Client.SendJsonAsync(HttpMethod.Post, $"{plan}/{what}", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);

    public Task<JsonObject> ReportAsync(string query) => Client.ReadAsync($"/v1/reports/plans{query}");

    public async Task<Guid> PlaceAsync(string kind, string name, Guid? parent, string timeZone = "UTC") =>
        (await Client.CreateAsync("/v1/organizations", new { kind, name, parentId = parent, timeZone })).Id();
}
