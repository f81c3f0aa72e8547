using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Priorities;
using static PLService.Api.Tests.Reports.GapSteps;

namespace PLService.Api.Tests.Reports;

/// <summary>How many gaps the organizations below have: each as its own report has them, all of them added up.</summary>
public sealed class GapsBelowTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_organization_has_the_counts_of_its_own_report_and_the_whole_their_sum()
    {
        var (world, list) = await api.NewGapWorldAsync();
        var tree = world.Tree;
        var north = await tree.PlaceAsync("region", "North", world.State);
        var (birch, cedar, dogwood) = (await tree.PlaceAsync("district", "Birch", north), await tree.PlaceAsync("district", "Cedar", north), await tree.PlaceAsync("district", "Dogwood", north));
        var asked = await tree.SurveyAsync(birch, world.Edition, Then, PrioritySteps.Said(First));
        await tree.SurveyAsync(cedar, world.Edition, Then, PrioritySteps.Said(("S1.1", 9, 0, 0)));
        var (plan, _) = await world.NewPlanAsync(new { title = "Weekly teams", priorityId = list.Of("S1.1").Id() });
        await world.NewPlanAsync(new { title = "Not adopted here", cause = new { assessmentId = asked.Id, item = "S2.1" } }, birch);
        foreach (var place in (SurveyTree.Place[])[world.District, birch])
            await tree.SurveyAsync(place, world.Edition, Now, PrioritySteps.Said(Second));

        var report = await world.Client.ReadAsync(Gaps(world.State, "&by=organization&kind=district"));

        Assert.Equal((Then, Now, "organization"), ((string?)report["from"]!["label"], (string?)report["to"]!["label"], (string?)report["by"]));
        var rows = report["organizations"]!.AsArray();
        Assert.Equal(["Alder", "Birch", "Cedar", "Dogwood"], rows.Select(row => (string?)row!["organization"]!["name"]));
        Assert.Equal([4, 4, 1, 1, 1, 1, 1, 1, 1, 0], rows[0]!.Counts());
        Assert.Equal([4, 4, 1, 1, 1, 1, 1, 1, 0, 0], rows[1]!.Counts());
        foreach (var (place, row) in new[] { (world.District, rows[0]), (birch, rows[1]) })
            Assert.Equal((await world.Client.ReadAsync(Gaps(place))).Counts(), row!.Counts());
        Assert.True(rows[2]!["counts"] is null && rows[2]!["withheld"] is null && rows[3]!["counts"] is null);
        Assert.Equal([8, 8, 2, 2, 2, 2, 2, 2, 1, 0], report.Counts());
        Assert.Equal((4, 2, 2, 0), ((int)report["coverage"]!["organizations"]!, (int)report["coverage"]!["compared"]!, (int)report["coverage"]!["withoutBothRounds"]!,
            (int)report["coverage"]!["withheld"]!["count"]!));

        // What plans do shows at once, though no figure changed; so does what they do no more.
        var extra = await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", new { title = "One more", priorityId = list.Of("S2.2").Id() });
        Assert.Equal(3, (int)(await world.Client.ReadAsync(Gaps(world.State, "&by=organization&kind=district")))["counts"]!["actedOn"]!);
        await (await world.Client.SendJsonAsync(HttpMethod.Patch, $"/v1/plans/{plan.Id()}/steps/{extra.Id()}", new { status = "dropped" }, "*")).ExpectAsync(System.Net.HttpStatusCode.OK);
        Assert.Equal(2, (int)(await world.Client.ReadAsync(Gaps(world.State, "&by=organization&kind=district")))["counts"]!["actedOn"]!);

        var children = await world.Client.ReadAsync(Gaps(world.State, "&by=organization"));
        Assert.Equal(["Alder", "North"], children["organizations"]!.AsArray().Select(row => (string?)row!["organization"]!["name"]));
    }

    [Fact]
    public async Task Pages_and_tables_show_the_same()
    {
        var (world, _) = await api.NewGapWorldAsync();
        var birch = await world.Tree.PlaceAsync("district", "Birch", world.State);
        await world.Tree.SurveyAsync(birch, world.Edition, Then, PrioritySteps.Said(First));
        foreach (var place in (SurveyTree.Place[])[world.District, birch])
            await world.Tree.SurveyAsync(place, world.Edition, Now, PrioritySteps.Said(Second));
        var address = Gaps(world.State, "&by=organization&limit=1&count=true");

        var first = await world.Client.ReadAsync(address);
        var second = await world.Client.ReadAsync($"{address}&cursor={first["nextCursor"]}");

        Assert.Equal(("Alder", "Birch", 2L), ((string?)first["organizations"]![0]!["organization"]!["name"], (string?)second["organizations"]![0]!["organization"]!["name"], (long)first["count"]!));
        Assert.Null(second["nextCursor"]);
        // The counts are of all, whatever the page.
        Assert.Equal([8, 8, 2, 2, 2, 2, 2, 0, 0, 0], second.Counts());
        var (rows, response) = await world.Tree.CsvAsync(address);
        Assert.Equal(("Alder", "4", "1", "1"), (rows.Single()["organization"], rows[0]["gapsThen"], rows[0]["closed"], rows[0]["widened"]));
        Assert.Contains("cursor=", string.Join(',', response.Headers.GetValues("Link")));
        await (await world.Client.GetAsync($"{Gaps(world.State, "&by=organization")}&cursor=nonsense", Ct)).ExpectFaultAsync("?cursor", "cursor.unknown");
    }

    [Fact]
    public async Task Small_organizations_are_withheld_with_others_that_would_give_them_away()
    {
        var (world, _) = await api.NewGapWorldAsync();
        var birch = await world.Tree.PlaceAsync("district", "Birch", world.State);
        await world.Tree.SurveyAsync(birch, world.Edition, Then, PrioritySteps.Said(("S1.1", 1, 1, 1)));
        foreach (var place in (SurveyTree.Place[])[world.District, birch])
            await world.Tree.SurveyAsync(place, world.Edition, Now, PrioritySteps.Said(Second));

        var report = await world.Client.ReadAsync(Gaps(world.State, "&by=organization"));

        Assert.Equal(["complementary", "smallGroup"], report["organizations"]!.AsArray().Select(row => (string?)row!["withheld"]));
        Assert.All(report["organizations"]!.AsArray(), row => Assert.Null(row!["counts"]));
        Assert.Equal((0, 2), ((int)report["coverage"]!["compared"]!, (int)report["coverage"]!["withheld"]!["count"]!));
        Assert.All(report.Counts(), count => Assert.Equal(0, count));
    }
}
