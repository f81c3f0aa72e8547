using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reports;

public sealed class GetPlansReportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static (string, object) Step(string dueOn, string status = "notStarted", string? doneOn = null) => ("steps", new { title = "Step", dueOn, status, doneOn });

    private static async Task<PlanTree> TreeAsync(ApiServer api)
    {
        var tree = await PlanTree.NewAsync(api);
        await tree.PlanAsync(
            tree.Alder,
            Step("2026-08-31", "done", "2026-10-02"), Step("2026-09-30"), Step("2026-11-10", "inProgress"), Step("2026-12-10"), Step("2026-12-11"), Step("2026-09-01", "dropped"),
            ("obstacles", new { title = "Buses", kind = "schedule" }), ("obstacles", new { title = "Was", kind = "culture", status = "resolved" }),
            ("resources", new { kind = "time", title = "Teams", minutesPerWeek = 90 }), ("resources", new { kind = "people", title = "Coaches", fte = 2.5 }));
        await tree.PlanAsync(
            tree.Birch, Step("2026-07-15", "done", "2026-07-10"), ("obstacles", new { title = "Money", kind = "funding" }),
            ("resources", new { kind = "money", title = "Grant", amount = 1000.5 }), ("resources", new { kind = "time", title = "Days", daysPerYear = 6 }));
        await tree.PlanAsync(tree.Dogwood, Step("2026-11-09"));
        await tree.Client.CreateAsync("/v1/plans", new { organizationId = tree.Dogwood, title = "Draft", startsOn = "2026-07-01", endsOn = "2027-06-30" });
        return tree;
    }

    [Fact]
    public async Task All_plans_below_an_organization_add_up()
    {
        var tree = await TreeAsync(api);

        var total = (await tree.ReportAsync("?on=2026-11-10"))["total"]!;

        Assert.Equal(3, (int)total["plans"]!);
        Assert.Equal([("state", 0, 1), ("region", 0, 2), ("district", 3, 1)], total["organizations"]!.AsArray().Select(kind => ((string)kind!["kind"]!, (int)kind["withPlan"]!, (int)kind["withoutPlan"]!)));
        AssertSteps(total, notStarted: 4, inProgress: 1, done: 2, dropped: 1, overdue: 2, dueSoon: 2);
        Assert.Equal(0.285714, (double)total["steps"]!["doneShare"]!);
        Assert.Equal([("schedule", 1), ("funding", 1)], total["obstacles"]!.AsArray().Select(kind => ((string)kind!["kind"]!, (int)kind["open"]!)));
        var resources = total["resources"]!;
        Assert.Equal((2.5m, 90m, 1, 6m, 1, 1000.5m), ((decimal)resources["fte"]!, (decimal)resources["minutesPerWeek"]!, (int)resources["plansWithMinutes"]!,
            (decimal)resources["daysPerYear"]!, (int)resources["plansWithDays"]!, (decimal)resources["amount"]!));
    }

    [Fact]
    public async Task Children_stand_side_by_side_with_all_that_is_below_them_and_in_pages()
    {
        var tree = await TreeAsync(api);
        await tree.PlanAsync(tree.State, Step("2026-11-01"));

        var whole = await tree.ReportAsync("?on=2026-11-10&by=organization&count=true");
        var first = await tree.ReportAsync("?on=2026-11-10&by=organization&limit=1");
        var second = await tree.ReportAsync($"?on=2026-11-10&by=organization&limit=1&cursor={first["nextCursor"]}");

        var rows = whole["organizations"]!.AsArray();
        Assert.Equal([("north", 2), ("South", 1)], rows.Select(row => ((string)row!["organization"]!["name"]!, (int)row["progress"]!["plans"]!)));
        AssertSteps(rows[0]!["progress"]!, notStarted: 3, inProgress: 1, done: 2, dropped: 1, overdue: 1, dueSoon: 2);
        AssertSteps(rows[1]!["progress"]!, notStarted: 1, inProgress: 0, done: 0, dropped: 0, overdue: 1, dueSoon: 0);
        // The state's own plan is in the total alone.
        Assert.Equal((4, 2), ((int)whole["total"]!["plans"]!, (int)whole["count"]!));
        Assert.Equal(rows.Select(row => row!.ToJsonString()), first["organizations"]!.AsArray().Concat(second["organizations"]!.AsArray()).Select(row => row!.ToJsonString()));
        Assert.Null(second["nextCursor"]);
    }

    [Fact]
    public async Task The_trend_says_per_quarter_what_was_due_and_done()
    {
        var tree = await TreeAsync(api);

        var quarters = (await tree.ReportAsync("?on=2026-11-10&quarters=3"))["quarters"]!.AsArray();

        Assert.Equal(
            [("2026-04-01", "2026-06-30", 0, 0, 0), ("2026-07-01", "2026-09-30", 3, 1, 1), ("2026-10-01", "2026-12-31", 4, 1, 4)],
            quarters.Select(q => ((string)q!["startsOn"]!, (string)q["endsOn"]!, (int)q["due"]!, (int)q["done"]!, (int)q["stillOpen"]!)));
    }

    [Fact]
    public async Task Every_change_of_a_plan_or_of_the_tree_shows_in_the_next_report()
    {
        var tree = await PlanTree.NewAsync(api);
        var plan = await tree.PlanAsync(tree.Alder, Step("2026-11-09"));
        Assert.Equal([("north", 1, 1), ("South", 0, 0)], await OfChildrenAsync());

        await tree.Client.CreateAsync($"{plan}/steps", new { title = "More", dueOn = "2026-11-08" });
        Assert.Equal([("north", 1, 2), ("South", 0, 0)], await OfChildrenAsync());
        await tree.PlanAsync(tree.Dogwood);
        Assert.Equal([("north", 1, 2), ("South", 1, 0)], await OfChildrenAsync());
        await (await tree.Client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{tree.Alder}/move", new { parentId = tree.South }, ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal([("north", 0, 0), ("South", 2, 2)], await OfChildrenAsync());
        var west = await tree.PlaceAsync("region", "West", tree.State);
        await tree.PlanAsync(await tree.PlaceAsync("district", "Elm", west));
        Assert.Equal([("north", 0, 0), ("South", 2, 2), ("West", 1, 0)], await OfChildrenAsync());
        await tree.BecomeAsync(plan, "complete");
        Assert.Equal([("north", 0, 0), ("South", 1, 0), ("West", 1, 0)], await OfChildrenAsync());

        // What was the only root is one of two, and its own figures stay what they are.
        Assert.Equal(2, (int)(await tree.ReportAsync($"?organizationId={tree.State}"))["total"]!["plans"]!);
        await tree.PlanAsync(await tree.PlaceAsync("state", "Other state", null));
        Assert.Equal(2, (int)(await tree.ReportAsync($"?organizationId={tree.State}"))["total"]!["plans"]!);

        // The same from below, where the answer is kept by itself.
        Assert.Equal(1, (int)(await tree.Tenant.Within(tree.South).ReadAsync("/v1/reports/plans"))["total"]!["plans"]!);
        await tree.PlanAsync(tree.Alder);
        Assert.Equal(2, (int)(await tree.Tenant.Within(tree.South).ReadAsync("/v1/reports/plans"))["total"]!["plans"]!);

        async Task<IEnumerable<(string, int, int)>> OfChildrenAsync() => (await tree.ReportAsync("?on=2026-11-10&by=organization"))["organizations"]!.AsArray()
            .Select(row => ((string)row!["organization"]!["name"]!, (int)row["progress"]!["plans"]!, (int)row["progress"]!["steps"]!["overdue"]!));
    }

    [Fact]
    public async Task Completed_plans_count_when_they_are_asked_for()
    {
        var tree = await PlanTree.NewAsync(api);
        await tree.BecomeAsync(await tree.PlanAsync(tree.Alder, Step("2026-11-09")), "complete");

        Assert.Equal(0, (int)(await tree.ReportAsync(""))["total"]!["plans"]!);
        var total = (await tree.ReportAsync("?completed=true"))["total"]!;
        Assert.Equal((1, 1), ((int)total["plans"]!, (int)total["steps"]!["notStarted"]!));
    }

    [Fact]
    public async Task Overdue_is_what_was_due_before_today_where_the_organization_is()
    {
        var tree = await PlanTree.NewAsync(api);
        var now = DateTimeOffset.UtcNow;
        // Of these two places, which are 26 hours apart, one at least is a day ahead of the other.
        var (early, late) = (await tree.PlaceAsync("district", "Early", tree.South, "Etc/GMT+12"), await tree.PlaceAsync("district", "Late", tree.South, "Pacific/Kiritimati"));
        var due = DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(-12)).DateTime).ToString("O");
        await tree.PlanAsync(early, Step(due));
        await tree.PlanAsync(late, Step(due));

        Assert.Equal((0, 1), await OfAsync(early));
        Assert.Equal((1, 0), await OfAsync(late));
        Assert.Equal((1, 1), await OfAsync(tree.South));

        async Task<(int, int)> OfAsync(Guid place)
        {
            var steps = (await tree.ReportAsync($"?organizationId={place}"))["total"]!["steps"]!;
            return ((int)steps["overdue"]!, (int)steps["dueSoon"]!);
        }
    }

    [Fact]
    public async Task Tables_say_the_same()
    {
        var tree = await TreeAsync(api);

        var organizations = await CsvAsync("?on=2026-11-10&by=organization&limit=1");
        var quarters = await CsvAsync("?on=2026-11-10&by=quarter&quarters=1");

        Assert.Equal(3, organizations.Lines.Length);
        Assert.StartsWith("organizationId,kind,organization,on,plans,organizationsWithPlan,organizationsWithoutPlan,notStarted,", organizations.Lines[0]);
        Assert.StartsWith($"{tree.State},state,State,2026-11-10,3,3,4,4,1,2,1,0.285714,2,2,0,1,1,0,", organizations.Lines[1]);
        Assert.StartsWith($"{tree.North},region,north,2026-11-10,2,2,2,3,", organizations.Lines[2]);
        Assert.Contains("cursor=", Assert.Single(organizations.Response.Headers.GetValues("Link")));
        Assert.Equal($"{tree.State},State,2026-10-01,2026-12-31,4,1,4", quarters.Lines[1]);

        async Task<(string[] Lines, HttpResponseMessage Response)> CsvAsync(string query)
        {
            var response = await tree.Client.SendAsync(new(HttpMethod.Get, $"/v1/reports/plans{query}") { Headers = { { "Accept", "text/csv" } } }, Ct);
            return ((await response.Content.ReadAsStringAsync(Ct)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries), response);
        }
    }

    [Fact]
    public async Task What_is_not_there_or_not_reached_or_makes_no_sense_is_refused()
    {
        var tree = await TreeAsync(api);
        Task<HttpResponseMessage> AskAsync(string query) => tree.Client.GetAsync($"/v1/reports/plans{query}", Ct);

        await (await AskAsync($"?organizationId={Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await (await tree.Tenant.Within(tree.South).GetAsync($"/v1/reports/plans?organizationId={tree.North}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await (await tree.Tenant.Only(Scopes.PlansRead).GetAsync("/v1/reports/plans", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await AskAsync("?quarters=21")).ExpectFaultAsync("?quarters", "value.out_of_range");
        await (await AskAsync("?on=9999-12-31")).ExpectFaultAsync("?on", "value.out_of_range");
        await (await AskAsync("?cursor=bm90")).ExpectFaultAsync("?cursor", "cursor.unknown");
        Assert.Equal("South", (string?)(await tree.Tenant.Within(tree.South).ReadAsync("/v1/reports/plans"))["organization"]!["name"]);
        await tree.PlaceAsync("state", "Other", null);
        await (await AskAsync("")).ExpectFaultAsync("?organizationId", "value.required");
    }

    private static void AssertSteps(JsonNode progress, int notStarted, int inProgress, int done, int dropped, int overdue, int dueSoon)
    {
        var steps = progress["steps"]!;
        Assert.Equal((notStarted, inProgress, done, dropped, overdue, dueSoon), ((int)steps["notStarted"]!, (int)steps["inProgress"]!, (int)steps["done"]!,
            (int)steps["dropped"]!, (int)steps["overdue"]!, (int)steps["dueSoon"]!));
    }
}
