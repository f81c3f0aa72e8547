using System.Net;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Priorities;
using static PLService.Api.Tests.Reports.GapSteps;

namespace PLService.Api.Tests.Reports;

/// <summary>The gaps of one organization between two rounds, and what was done about them.</summary>
public sealed class GapsReportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_item_tells_what_became_of_it_and_what_was_done()
    {
        var (world, list) = await api.NewGapWorldAsync();
        var priority = list.Of("S1.1").Id();
        var (plan, step) = await world.NewPlanAsync(new { title = "Weekly teams", priorityId = priority, status = "done" });
        var strategy = await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/strategies", new { title = "Structures", priorityId = list.Of("S2.2").Id() });
        await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", new { title = "Schedule", strategyId = strategy.Id(), status = "inProgress" });
        var caused = await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", new { title = "Cause", cause = new { assessmentId = world.Survey.Id, item = "S2.1" } });
        await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", new { title = "Given up", priorityId = list.Of("S1.3").Id(), status = "dropped" });
        await world.Tree.SurveyAsync(world.District, world.Edition, Now, PrioritySteps.Said(Second));

        var report = await world.Client.ReadAsync(Gaps(world.District));

        Assert.Equal((Then, Now, "item", 20, 20), ((string?)report["from"]!["label"], (string?)report["to"]!["label"], (string?)report["by"], (int)report["from"]!["n"]!, (int)report["to"]!["n"]!));
        Assert.Equal(
            [("S1.1", "closed", true), ("S1.2", "opened", false), ("S1.3", "widened", false), ("S2.1", "narrowed", true), ("S2.2", "stayed", true), ("S2.3", "noGap", false)],
            report["items"]!.AsArray().Select(item => ((string)item!["item"]!, (string)item["change"]!, (bool)item["actedOn"]!)));
        Assert.Equal([4, 4, 1, 1, 1, 1, 1, 3, 1, 0], report.Counts());
        var closed = report.ItemOf("S1.1");
        Assert.Equal(("S1", "Item 1.1", 0.2, 0.7, 0.5), ((string?)closed["section"], (string?)closed["title"], (double)closed["then"]!["favorableShare"]!, (double)closed["now"]!["favorableShare"]!,
            (double)closed["favorableShareChange"]!));
        Assert.Equal((true, false, 20, 0.6), ((bool)closed["then"]!["isGap"]!, (bool)closed["now"]!["isGap"]!, (int)closed["then"]!["n"]!, (double)closed["then"]!["mean"]!));
        Assert.Equal((priority, "adopted"), ((Guid)closed["priorities"]![0]!["id"]!, (string?)closed["priorities"]![0]!["status"]));
        Assert.Equal((plan.Id(), step.Id(), "done", priority), ((Guid)closed["steps"]![0]!["planId"]!, (Guid)closed["steps"]![0]!["id"]!, (string?)closed["steps"]![0]!["status"],
            (Guid)closed["steps"]![0]!["priorityId"]!));
        Assert.Equal((strategy.Id(), 1), ((Guid)report.ItemOf("S2.2")["strategies"]![0]!["id"]!, (int)report.ItemOf("S2.2")["stepCounts"]!["inProgress"]!));
        Assert.Equal(caused.Id(), (Guid)report.ItemOf("S2.1")["steps"]![0]!["id"]!);
        Assert.Null(report.ItemOf("S2.1")["steps"]![0]!["priorityId"]);
        Assert.Equal(1, (int)report.ItemOf("S1.3")["stepCounts"]!["dropped"]!);

        var (rows, _) = await world.Tree.CsvAsync(Gaps(world.District));
        Assert.Equal(6, rows.Count);
        Assert.Equal(("S1.1", "0.2", "0.7", "true", "false", "closed", "true", $"{step.Id()}", "1"),
            (rows[0]["item"], rows[0]["favorableShareThen"], rows[0]["favorableShareNow"], rows[0]["gapThen"], rows[0]["gapNow"], rows[0]["change"], rows[0]["actedOn"], rows[0]["steps"], rows[0]["stepsDone"]));
    }

    [Fact]
    public async Task A_draft_does_nothing_yet_and_what_lies_outside_of_the_time_did_nothing_then()
    {
        var (world, list) = await api.NewGapWorldAsync();
        var step = new { title = "Weekly teams", priorityId = list.Of("S1.1").Id() };
        await world.NewPlanAsync(step, active: false);
        foreach (var year in (int[])[2020, 2040])
        {
            var plan = await world.Client.CreateAsync("/v1/plans", new { organizationId = world.District.Id, title = "Another time", startsOn = $"{year}-09-01", endsOn = $"{year + 1}-08-31" });
            await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", step);
            await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/plans/{plan.Id()}/activate", null, "*")).ExpectAsync(HttpStatusCode.OK);
        }

        await world.Tree.SurveyAsync(world.District, world.Edition, Now, PrioritySteps.Said(Second));

        var report = await world.Client.ReadAsync(Gaps(world.District));
        Assert.False((bool)report.ItemOf("S1.1")["actedOn"]!);
        Assert.Single(report.ItemOf("S1.1")["priorities"]!.AsArray());
        Assert.Equal(0, (int)report["counts"]!["actedOn"]!);
    }

    [Fact]
    public async Task Rounds_are_the_last_two_unless_they_are_named()
    {
        var (world, _) = await api.NewGapWorldAsync();
        var only = await world.Client.ReadAsync(Gaps(world.District));
        Assert.Null(only["from"]);
        Assert.Equal((Then, 6, true), ((string?)only["to"]!["label"], (int)only["counts"]!["notCompared"]!, (bool)only.ItemOf("S1.1")["now"]!["isGap"]!));
        await world.Tree.SurveyAsync(world.District, world.Edition, Now, PrioritySteps.Said(Second));
        await world.Tree.SurveyAsync(world.District, world.Edition, "2027-fall", PrioritySteps.Said(Second));

        var lastTwo = await world.Client.ReadAsync(Gaps(world.District));
        Assert.Equal([4, 4, 0, 0, 0, 0, 4, 0, 0, 0], lastTwo.Counts());
        var named = await world.Client.ReadAsync(Gaps(world.District, $"&from={Then}"));
        Assert.Equal([4, 4, 1, 1, 1, 1, 1, 0, 0, 0], named.Counts());
        Assert.Equal(Then, (string?)(await world.Client.ReadAsync(Gaps(world.District, $"&to={Now}")))["from"]!["label"]);

        await (await world.Client.GetAsync(Gaps(world.District, "&from=1999"), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "round.not_found");
        await (await world.Client.GetAsync(Gaps(world.District, $"&from={Now}&to={Then}"), Ct)).ExpectFaultAsync("?from", "report.rounds_reversed");
        await (await world.Client.GetAsync(Gaps(world.District, $"&from={Now}&to={Now}"), Ct)).ExpectFaultAsync("?from", "report.rounds_reversed");
        await (await world.Client.GetAsync(Gaps(world.District, "&kind=school"), Ct)).ExpectFaultAsync("?kind", "value.inconsistent");
        await (await world.Client.GetAsync("/v1/reports/gaps?instrument=none", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "instrument.not_found");
        var birch = await world.Tree.PlaceAsync("district", "Birch", world.State);
        await (await world.Tenant.Within(birch.Id).GetAsync(Gaps(world.District), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        var none = await world.Client.ReadAsync(Gaps(birch));
        Assert.True(none["from"] is null && none["to"] is null && none["items"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task What_is_withheld_stays_so_and_is_said_to_be()
    {
        var (world, _) = await api.NewGapWorldAsync();
        await world.Tree.SurveyAsync(world.District, world.Edition, Now, PrioritySteps.Said(("S1.1", 14, 2, 4), ("S1.2", 0, 0, 4)));
        var few = await world.Client.ReadAsync(Gaps(world.District));
        Assert.Equal("closed", (string?)few.ItemOf("S1.1")["change"]);
        Assert.Equal("smallGroup", (string?)few.ItemOf("S1.2")["now"]!["withheld"]);
        Assert.True(few.ItemOf("S1.2")["now"]!["isGap"] is null && few.ItemOf("S1.2")["now"]!["n"] is null && few.ItemOf("S1.2")["change"] is null);
        Assert.Equal(5, (int)few["counts"]!["notCompared"]!);

        await world.Tree.SurveyAsync(world.District, world.Edition, "2027-fall", PrioritySteps.Said(("S1.1", 3, 0, 0)));
        var small = await world.Client.ReadAsync(Gaps(world.District));
        Assert.Equal("smallGroup", (string?)small["to"]!["withheld"]);
        Assert.Null(small["to"]!["n"]);
        Assert.All(small["items"]!.AsArray(), item => Assert.Equal(("smallGroup", null, null), ((string?)item!["now"]!["withheld"], (double?)item["now"]!["favorableShare"], (string?)item["change"])));
    }

    [Fact]
    public async Task Items_of_two_versions_are_the_same_by_their_code()
    {
        var (world, _) = await api.NewGapWorldAsync();
        var second = await world.Tree.PublishAsync(world.Edition.Changed("2.0", onAnotherScale: "S2.1", without: "S2.2", more: "S1.4"));
        var said = PrioritySteps.Said([.. Second.Where(one => one.Item is not ("S2.1" or "S2.2")), ("S1.4", 4, 4, 12)]);
        var answers = said.ConvertAll(answer => answer with { Levels = answer.Levels.Append(KeyValuePair.Create(("S2.1", "status"), "now")).ToDictionary() });
        await world.Tree.SurveyAsync(world.District, second, Now, answers);

        var report = await world.Client.ReadAsync(Gaps(world.District));

        Assert.Equal(["closed", "opened", "widened"], ((string[])["S1.1", "S1.2", "S1.3"]).Select(item => (string?)report.ItemOf(item)["change"]));
        Assert.Equal((true, true), ((bool)report.ItemOf("S2.1")["levelsChanged"]!, report.ItemOf("S2.1")["change"] is null));
        Assert.True(report.ItemOf("S2.1")["then"] is not null && report.ItemOf("S2.1")["now"] is not null);
        Assert.True(report.ItemOf("S2.2")["now"] is null && report.ItemOf("S1.4")["then"] is null);
        Assert.True((bool)report.ItemOf("S1.4")["now"]!["isGap"]!);
    }
}
