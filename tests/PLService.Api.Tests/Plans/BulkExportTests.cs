using System.Net;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Plans;

/// <summary>What comes out goes in again: here it changes nothing, elsewhere it makes the same.</summary>
public sealed class BulkExportTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/x-ndjson")]
    public async Task An_exported_file_changes_nothing_here_and_makes_the_same_elsewhere(string form)
    {
        var (world, other) = (await api.NewBulkWorldAsync(), await api.NewBulkWorldAsync());
        await FillAsync(world);
        var before = await world.PlanAsync();

        var file = await world.ExportAsync(accept: form);
        var here = await world.Client.ReceiptAsync(BulkWorld.Query, file, form);
        var there = await other.Client.ReceiptAsync(BulkWorld.Query, file, form);

        Assert.Equal(("0/0/2", "0/0/9"), (here.Of("plans"), here.Of("planParts")));
        Assert.Equal(before.ToJsonString(), (await world.PlanAsync()).ToJsonString());
        Assert.Equal(("2/0/0", "9/0/0"), (there.Of("plans"), there.Of("planParts")));
        Assert.Equal(file, await world.ExportAsync(accept: form));
        Assert.Equal(file, await other.ExportAsync(accept: form));
    }

    [Fact]
    public async Task Cells_that_a_spreadsheet_would_run_are_guarded_and_come_back_as_they_were()
    {
        var world = await api.NewBulkWorldAsync();
        await FillAsync(world);

        var csv = await world.ExportAsync();

        Assert.Contains("'=1+1", csv, StringComparison.Ordinal);
        Assert.Contains("''+49", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=1+1", csv, StringComparison.Ordinal);
        Assert.Contains("\"=1+1\"", await world.ExportAsync(accept: "application/x-ndjson"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_reach_and_the_right_to_read_people_hold_and_the_export_leaves_a_trace()
    {
        var world = await api.NewBulkWorldAsync();
        await FillAsync(world);

        Assert.Contains("ada@example.org", await world.ExportAsync(), StringComparison.Ordinal);
        var viewer = world.Tenant.As(await world.Tenant.NewPersonAsync((Role.Viewer, world.North)));
        var seen = await world.ExportAsync(client: viewer);
        Assert.Contains("p26", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("South plan", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", await world.ExportAsync(client: world.Tenant.Only(PLService.Api.Access.Scopes.PlansRead)), StringComparison.Ordinal);
        Assert.Contains("South plan", await world.ExportAsync($"?organizationId={world.South}"), StringComparison.Ordinal);
        Assert.DoesNotContain("p26", await world.ExportAsync($"?withinOrganizationId={world.South}"), StringComparison.Ordinal);
        Assert.Single((await world.ExportAsync("?status=completed")).TrimEnd().Split('\n'));
        using (var wrong = await world.Client.GetAsync("/v1/plans/export?status=finished", TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        // The one that showed nothing left none.
        Assert.Equal(5, (await world.Tenant.ActionsAsync()).Count(action => action == "plan.exported"));
    }

    // One plan by file and one by hand, with what is hard to write down: no external ids, formulas, bars, breaks and blanks.
    private static async Task FillAsync(BulkWorld world)
    {
        await world.Client.ReceiptAsync(BulkWorld.Query, BulkWorld.Text);
        var plan = $"/v1/plans/{(await world.Client.CreateAsync("/v1/plans", new { organizationId = world.South, title = "South plan", startsOn = "2026-08-01", endsOn = "2027-06-30", marks = new[] { 45, 90 }, vision = "One,\n\"two\"" })).Id()}";
        var strategy = (await world.Client.CreateAsync($"{plan}/strategies", new { title = "=1+1", narrative = " Blanks around ", serves = new[] { new { framework = "ct", code = "LEA" } } })).Id();
        await world.Client.CreateAsync($"{plan}/steps", new { title = "'+49 is not a sum", strategyId = strategy, ownerName = "Board", toolsAndMaterials = new[] { @"a\b|c", "-d" }, expectedBenefits = "@all" });
        await world.Client.CreateAsync($"{plan}/steps", new { title = "Step", status = "dropped" });
        await world.Client.CreateAsync($"{plan}/obstacles", new { title = "Money", kind = "funding", severity = "high", status = "mitigating", mitigation = "Ask.", strategyId = strategy });
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"{plan}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
    }
}
