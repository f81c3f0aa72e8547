using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

public sealed class GetChildrenReportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Children_stand_side_by_side_with_all_that_is_below_them()
    {
        var random = new Random(5);
        var tree = new SurveyTree(await api.NewTenantAsync());
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var (south, north) = (await tree.PlaceAsync("region", "south", state), await tree.PlaceAsync("region", "North", state));
        var alder = await tree.PlaceAsync("district", "Alder", north);
        foreach (var place in new[] { south, north, alder })
        {
            await tree.SurveyAsync(place, edition, "2026", SurveyTree.Random(edition, 6, random));
            await tree.SurveyAsync(place, edition, "2027", SurveyTree.Random(edition, 7, random));
        }

        foreach (var (query, round) in new[] { ("/children", "2027"), ("/children?round=2026", "2026") })
        {
            var items = (await tree.ReadAsync(query, state))["items"]!.AsArray();
            // By name in any case.
            Assert.Equal(["North", "south"], items.Select(item => (string)item!["organization"]!["name"]!));
            foreach (var (item, place) in items.Zip([north, south]))
            {
                var surveys = tree.Of(place, round);
                Assert.Equal((round, place.Id), ((string?)item!["round"], (Guid)item["organization"]!["id"]!));
                Assert.Equal((surveys.Sum(s => s.Answers.Count), surveys.Count), ((int)item["n"]!, (int)item["organizations"]!));
                Assert.Equal(["S1", "S2"], item["sections"]!.AsArray().Select(section => (string)section!["section"]!));
                foreach (var section in item["sections"]!.AsArray())
                {
                    var reckoned = Reckoning.Of(
                        surveys, one => one.Axis == "status" && one.Item.StartsWith((string)section!["section"]! + ".", StringComparison.Ordinal));
                    Assert.Equal(reckoned.FavorableShare!.Value, (double)section!["favorableShare"]!, 6);
                }
            }
        }
    }

    [Fact]
    public async Task A_small_child_is_withheld_and_with_it_the_one_that_would_give_it_away()
    {
        var (tree, state, _) = await FiveDistrictsAsync();

        var items = (await tree.ReadAsync("/children", state))["items"]!.AsArray();

        Assert.Equal(
            [("Alder", null, 10), ("birch", "smallGroup", null), ("Cedar", "complementary", null), ("Dogwood", null, 8), ("Elm", null, 0)],
            items.Select(item => ((string)item!["organization"]!["name"]!, (string?)item["withheld"], (int?)item["n"])));
        foreach (var item in items.Where(item => item!["withheld"] is not null))
            Assert.True(item!["organizations"] is null && item["sections"]!.AsArray().Count == 0);
        // All of them together may be shown.
        Assert.Equal(10 + 3 + 6 + 8, (int)(await tree.ReadAsync("", state))["rounds"]![0]!["n"]!);
        // What is withheld there is withheld in its own report as well.
        Assert.Equal("complementary", (string?)(await tree.ReadAsync("", Named(items, "Cedar", state)))["rounds"]![0]!["withheld"]);
    }

    [Fact]
    public async Task Pages_follow_one_another_and_say_what_one_page_says()
    {
        var (tree, state, _) = await FiveDistrictsAsync();
        var whole = (await tree.ReadAsync("/children", state))["items"]!.AsArray().Select(item => item!.ToJsonString()).ToList();

        List<string> paged = [];
        string? cursor = null;
        do
        {
            var page = await tree.ReadAsync($"/children?limit=2&count=true{(cursor is null ? "" : "&cursor=" + cursor)}", state);
            Assert.Equal(5, (int)page["count"]!);
            Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
            paged.AddRange(page["items"]!.AsArray().Select(item => item!.ToJsonString()));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(whole, paged);
        await (await tree.Client.GetAsync(Address("/children?cursor=bm90", state), Ct)).ExpectFaultAsync("?cursor", "cursor.unknown");
    }

    [Fact]
    public async Task The_table_says_the_same_as_json_and_leads_to_its_next_page()
    {
        var (tree, state, _) = await FiveDistrictsAsync();
        var items = (await tree.ReadAsync("/children", state))["items"]!.AsArray();

        List<Dictionary<string, string>> rows = [];
        var address = Address("/children?limit=2", state);
        for (var pages = 1; ; pages++)
        {
            var (some, response) = await tree.CsvAsync(address);
            rows.AddRange(some);
            if (!response.Headers.TryGetValues("Link", out var link))
            {
                Assert.Equal(3, pages);
                break;
            }

            Assert.EndsWith(">; rel=\"next\"", link.Single(), StringComparison.Ordinal);
            address = link.Single()[1..link.Single().IndexOf('>')];
        }

        var expected = items.SelectMany(item => item!["sections"]!.AsArray().DefaultIfEmpty(), (item, section) =>
            $"{item!["organization"]!["id"]},district,{item["organization"]!["name"]},{item["round"]},{item["withheld"]},{item["n"]},"
            + $"{item["organizations"]},{section?["section"]},{section?["favorableShare"]}");
        Assert.Equal("organizationId,kind,organization,round,withheld,n,organizations,section,favorableShare", string.Join(',', rows[0].Keys));
        Assert.Equal(expected, rows.Select(row => string.Join(',', row.Values)));
        Assert.Equal(2 + 1 + 1 + 2 + 1, rows.Count);
    }

    [Fact]
    public async Task Who_reaches_one_child_gets_its_children_and_not_its_siblings()
    {
        var (tree, state, alder) = await FiveDistrictsAsync();
        var school = await tree.PlaceAsync("school", "School", alder);
        var within = tree.Tenant.Within(alder.Id);

        var item = Assert.Single((await within.ReadAsync(Address("/children")))["items"]!.AsArray())!;

        Assert.Equal((school.Id, 0), ((Guid)item["organization"]!["id"]!, (int)item["n"]!));
        await (await within.GetAsync(Address("/children", state), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    private static Place Named(JsonArray items, string name, Place parent) =>
        new((Guid)items.Single(item => (string?)item!["organization"]!["name"] == name)!["organization"]!["id"]!, parent, "district", name);

    /// <summary>Alder with 10 people, birch with 3, Cedar with 6, Dogwood with 8; Elm was not asked.</summary>
    private async Task<(SurveyTree Tree, Place State, Place Alder)> FiveDistrictsAsync()
    {
        var tree = new SurveyTree(await api.NewTenantAsync());
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var places = new List<Place>();
        foreach (var (name, people) in new[] { ("Dogwood", 8), ("Alder", 10), ("Elm", 0), ("birch", 3), ("Cedar", 6) })
        {
            places.Add(await tree.PlaceAsync("district", name, state));
            if (people > 0)
                await tree.SurveyAsync(places[^1], edition, "fall", Greens(edition, people - 2, 2));
        }

        return (tree, state, places[1]);
    }
}
