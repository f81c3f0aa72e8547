using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Commands;
using PLService.Api.Commands.Demo;
using PLService.Api.Tests.Architecture;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Demo;

[Collection(DemoServer.Shared)]
public sealed class DemoStoryTests(DemoServer api)
{
    private static readonly string[] Rounds = ["2025-fall", "2026-spring", "2026-fall"];

    [Fact]
    public async Task There_is_a_state_with_three_regions_twelve_districts_and_sixty_schools()
    {
        using var client = api.Tenant.Everything();
        var all = await ListAsync(client, "/v1/organizations");

        Assert.Equal([("district", 12), ("region", 3), ("school", 60), ("state", 1)],
            all.CountBy(o => (string)o["kind"]!).Select(kind => (kind.Key, kind.Value)).Order());
        var district = Assert.Single(all, o => (string)o["name"]! == "Quillmere School District");
        Assert.Equal(["nces 9901010", "state EX-101"], district["identifiers"]!.AsArray().Select(id => $"{id!["system"]} {id["value"]}").Order(StringComparer.Ordinal));
        Assert.All(all.Where(o => (string)o["kind"]! == "school"), o => Assert.Matches("^9901[0-9]{8}$", (string)o["identifiers"]![0]!["value"]!));
        Assert.All(all, o => Assert.Equal(1, all.Count(other => (string)other["name"]! == (string)o["name"]!)));
    }

    [Fact]
    public async Task Two_rounds_are_closed_and_one_is_open()
    {
        using var client = api.Tenant.Everything();
        var all = await ListAsync(client, "/v1/assessments");

        Assert.Equal(
            [("2025-fall closed", 60), ("2026-fall closed", 5), ("2026-fall open", 55), ("2026-spring closed", 59)],
            all.CountBy(a => $"{a["round"]} {a["status"]}").Select(group => (group.Key, group.Value)).Order());
        Assert.Equal("anonymous", (string?)Assert.Single(all, a => (string)a["mode"]! != "confidential")["mode"]);
        var posters = OfSchool(all, ExampleState.PaperSchool, "2026-spring");
        Assert.NotEmpty(await ListAsync(client, $"/v1/assessments/{posters["id"]}/tallies"));
    }

    [Fact]
    public async Task The_state_gets_on_in_learning_communities_and_not_in_time_and_money()
    {
        using var client = api.Tenant.Everything();
        var report = await client.ReadAsync("/v1/reports/readiness?instrument=plsr");

        Assert.Equal(Rounds, report["rounds"]!.AsArray().Select(round => (string)round!["label"]!));
        Assert.All(report["rounds"]!.AsArray(), round => Assert.Null(round!["withheld"]));
        Assert.True(Change(report, 1, "COM") > 0.05, report.ToJsonString());
        Assert.InRange(Change(report, 1, "RES"), -0.04, 0.03);
        Assert.Equal("gap", (string?)Cell(report, 1, "RES")["finding"]);
    }

    [Fact]
    public async Task In_one_district_the_gap_widens()
    {
        using var client = api.Tenant.Everything();
        var state = await client.ReadAsync("/v1/reports/readiness?instrument=plsr");
        var district = await client.ReadAsync($"/v1/reports/readiness?instrument=plsr&organizationId={await IdAsync(client, $"{ExampleState.Slipping} School District")}");

        double Gap(int round) => (double)Cell(state, round, "COM")["favorableShare"]! - (double)Cell(district, round, "COM")["favorableShare"]!;
        Assert.True(Gap(1) > Gap(0) + 0.1, $"{Gap(0)} then {Gap(1)}");
    }

    [Fact]
    public async Task One_district_took_no_part_in_the_spring()
    {
        using var client = api.Tenant.Everything();
        var report = await client.ReadAsync($"/v1/reports/readiness?instrument=plsr&organizationId={await IdAsync(client, $"{ExampleState.Absent} School District")}");

        Assert.Equal(["2025-fall"], report["rounds"]!.AsArray().Select(round => (string)round!["label"]!));
    }

    [Theory]
    [InlineData("2025-fall")]
    [InlineData("2026-spring")]
    public async Task The_small_school_is_withheld_and_another_one_with_it(string round)
    {
        using var client = api.Tenant.Everything();
        var district = await IdAsync(client, "Luneport School District");
        var rows = (await client.ReadAsync($"/v1/reports/readiness/children?instrument=plsr&round={round}&organizationId={district}"))["items"]!.AsArray();

        var small = Assert.Single(rows, row => (string)row!["organization"]!["name"]! == ExampleState.SmallSchool)!;
        Assert.Equal(("smallGroup", null), ((string?)small["withheld"], (int?)small["n"]));
        Assert.Single(rows, row => (string?)row!["withheld"] == "complementary");
        Assert.Equal(2, rows.Count(row => row!["withheld"] is null));
    }

    [Fact]
    public async Task Half_of_the_roster_has_answered_and_a_code_lets_others_join()
    {
        using var client = api.Tenant.Everything();
        var assessment = OfSchool(await ListAsync(client, "/v1/assessments"), ExampleState.RosterSchool, "2026-fall");

        var rate = await client.ReadAsync($"/v1/assessments/{assessment["id"]}/participation");
        Assert.Equal((14, 7, 0.5), ((int)rate["invited"]!, (int)rate["submitted"]!, (double)rate["rate"]!));
        Assert.Matches("^[2-9A-Y]{6}$", (string)(await client.ReadAsync($"/v1/assessments/{assessment["id"]}/join-code"))["code"]!);
    }

    [Fact]
    public async Task One_school_acts_on_its_gaps_and_has_looked_back_twice()
    {
        using var client = api.Tenant.Everything();
        var plan = Assert.Single(await ListAsync(client, "/v1/plans"));
        var chart = await client.ReadAsync($"/v1/plans/{plan["id"]}/chart");

        Assert.Equal([(30, true), (60, true), (90, false), (120, false)], chart["columns"]!.AsArray().Select(column => ((int)column!["mark"]!, (bool)column["isClosed"]!)));
        var whole = await client.ReadAsync($"/v1/plans/{plan["id"]}");
        Assert.Equal(2, whole["steps"]!.AsArray().Count(step => (int)step!["carriedOver"]! == 1));
        Assert.All(whole["strategies"]!.AsArray(), strategy => Assert.NotNull(strategy!["priorityId"]));
        Assert.Equal("Each team has an hour in the week that no other meeting takes.",
            (string?)(await client.ReadAsync($"/v1/toolkit-runs/{Assert.Single(await ListAsync(client, "/v1/toolkit-runs"))["id"]}/worksheets/1.4"))["values"]!["inPractice/RES"]);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again()
    {
        var (inventory, audited) = (await DemoServer.InventoryAsync(api.Tenant), await AuditedAsync());

        Assert.True((await DemoStory.OpenAsync(api.Tenant.Id, DemoServer.FileOf(api.Tenant))).IsTold);
        await api.TellAsync(api.Tenant, DemoServer.FileOf(api.Tenant), TestContext.Current.CancellationToken);

        Assert.Equal(inventory, await DemoServer.InventoryAsync(api.Tenant));
        Assert.Equal(audited, await AuditedAsync());
    }

    [Fact]
    public async Task Told_once_more_from_the_beginning_it_finds_what_is_there()
    {
        var inventory = await DemoServer.InventoryAsync(api.Tenant);

        await api.TellAsync(api.Tenant, Path.GetTempFileName() + ".lost", TestContext.Current.CancellationToken);

        Assert.Equal(inventory, await DemoServer.InventoryAsync(api.Tenant));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1500)]
    public async Task Interrupted_it_is_completed_by_the_next_start(int milliseconds)
    {
        var tenant = await api.NewTenantAsync();
        var file = DemoServer.FileOf(tenant);
        using (var interrupted = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        {
            interrupted.CancelAfter(milliseconds);
            await Record.ExceptionAsync(() => api.TellAsync(tenant, file, interrupted.Token));
        }

        await api.TellAsync(tenant, file, TestContext.Current.CancellationToken);

        Assert.Equal(await DemoServer.InventoryAsync(api.Tenant), await DemoServer.InventoryAsync(tenant));
    }

    [Fact]
    public void Nothing_but_the_local_command_tells_it()
    {
        var users = TypeReferences.Of(typeof(Serve).Assembly)
            .Where(type => type.Value.Any(used => used.StartsWith("PLService.Api.Commands.Demo.", StringComparison.Ordinal)))
            .Select(type => type.Key).Where(name => !name.StartsWith("PLService.Api.Commands.Demo.", StringComparison.Ordinal));

        Assert.Equal(["PLService.Api.Commands.Local"], users);
    }

    private Task<int> AuditedAsync() => api.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(TestContext.Current.CancellationToken));

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(HttpClient client, string address) =>
        [.. (await client.ReadAsync(address + "?limit=500"))["items"]!.AsArray().OfType<JsonNode>()];

    private static async Task<Guid> IdAsync(HttpClient client, string name) =>
        (Guid)Assert.Single(await ListAsync(client, "/v1/organizations"), o => (string)o["name"]! == name)["id"]!;

    private static JsonNode OfSchool(IReadOnlyList<JsonNode> assessments, string school, string round)
    {
        var nces = ExampleState.Schools.Single(pair => pair.School.Name == school).School.Nces;
        return Assert.Single(assessments, a => (string?)a["externalId"] == $"plsr-{round}-{nces}");
    }

    private static JsonNode Cell(JsonObject report, int round, string section) =>
        Assert.Single(report["rounds"]![round]!["cells"]!.AsArray(), cell => (string?)cell!["section"] == section)!;

    private static double Change(JsonObject report, int round, string section) => (double)Cell(report, round, section)["favorableShareChange"]!;
}
