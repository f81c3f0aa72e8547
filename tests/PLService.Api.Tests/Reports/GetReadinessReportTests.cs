using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

public sealed class GetReadinessReportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string[] Rounds = ["2026-spring", "2026-fall", "2027-spring"];

    [Fact]
    public async Task Every_figure_of_every_round_is_what_the_ratings_of_the_subtree_say()
    {
        var random = new Random(7);
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var north = await tree.PlaceAsync("region", "North", state);
        var south = await tree.PlaceAsync("region", "South", state);
        Place[] surveyed = [north, await tree.PlaceAsync("district", "Alder", north), await tree.PlaceAsync("district", "Birch", north), south];
        foreach (var round in Rounds)
        {
            foreach (var place in surveyed)
                await tree.SurveyAsync(place, edition, round, SurveyTree.Random(edition, random.Next(5, 9), random));
        }

        // One organization twice in a round: two assessments, one organization.
        await tree.SurveyAsync(south, edition, Rounds[1], SurveyTree.Random(edition, 6, random));

        foreach (var (by, place) in new[] { "section", "item", "axis" }.SelectMany(_ => new[] { state, north, south }, (grouping, place) => (grouping, place)))
        {
            var report = await tree.ReadAsync($"?by={by}", place);
            Assert.Equal((place.Name, by, 5), ((string)report["organization"]!["name"]!, (string)report["by"]!, (int)report["minimumGroupSize"]!));
            Assert.Equal(Rounds, report["rounds"]!.AsArray().Select(round => (string)round!["label"]!));
            var before = new Dictionary<string, double?>();
            foreach (var round in report["rounds"]!.AsArray())
                CheckRound(tree.Of(place, (string)round!["label"]!), round, by, before);
        }
    }

    [Fact]
    public async Task Versions_are_put_together_where_codes_and_levels_match()
    {
        var random = new Random(3);
        var tree = await TreeAsync();
        var first = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var second = await tree.PublishAsync(OnAnotherScale(ReportInstrument.Of("2.0", sections: 3), "S2.2"));
        var state = await tree.PlaceAsync("state", "State");
        var (alder, birch) = (await tree.PlaceAsync("district", "Alder", state), await tree.PlaceAsync("district", "Birch", state));
        await tree.SurveyAsync(alder, first, "fall", SurveyTree.Random(first, 7, random));
        await tree.SurveyAsync(birch, second, "fall", SurveyTree.Random(second, 8, random));

        var report = await tree.ReadAsync("?by=item", state);

        Assert.Equal(["1.0", "2.0"], Texts(report["versions"]!));
        var unmerged = report["unmerged"]!.AsArray().Select(one => $"{one!["item"]} {one["axis"]} {one["versions"]![0]}");
        Assert.Equal(["S2.2 status 1.0", "S2.2 status 2.0"], unmerged.Order(StringComparer.Ordinal));
        var surveys = tree.Of(state, "fall");
        var cells = report["rounds"]![0]!["cells"]!.AsArray();
        Assert.Equal(13, cells.Count);
        foreach (var cell in cells)
        {
            var (item, axis, versions) = ((string)cell!["item"]!, (string)cell["axis"]!, Texts(cell["versions"]!));
            string[] expected = item.StartsWith("S3", StringComparison.Ordinal) ? ["2.0"] : (item, axis) == ("S2.2", "status") ? versions : ["1.0", "2.0"];
            Assert.Equal(expected, versions);
            Reckoning.Of([.. surveys.Where(survey => versions.Contains(survey.Edition.Version))], one => one == (item, axis)).Check(cell, axis == "status");
        }

        // Items of several scales together: scores cannot be averaged.
        var section = (await tree.ReadAsync("", state))["rounds"]![0]!["cells"]!.AsArray().Single(c => (string?)c!["section"] == "S2" && (string?)c["axis"] == "status")!;
        var together = Reckoning.Of(surveys, one => one.Axis == "status" && one.Item.StartsWith("S2", StringComparison.Ordinal));
        Assert.Equal(together.FavorableShare!.Value, (double)section["favorableShare"]!, 6);
        Assert.Equal((15, together.Levels.Count), ((int)section["n"]!, (int)section["answered"]!));
        Assert.True(section["distribution"] is null && section["mean"] is null && section["consensus"] is null);
    }

    [Fact]
    public async Task A_reopened_assessment_leaves_the_roll_up_until_it_is_closed_again()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var (alder, birch) = (await tree.PlaceAsync("district", "Alder", state), await tree.PlaceAsync("district", "Birch", state));
        await tree.SurveyAsync(alder, edition, "fall", Greens(edition, 6, 2));
        var late = await tree.SurveyAsync(birch, edition, "fall", Greens(edition, 0, 6));
        Assert.Equal((14, 2, 0.428571), await FallAsync());

        await tree.ReopenAsync(late);
        Assert.Equal((8, 1, 0.75), await FallAsync());
        Assert.Empty((await tree.ReadAsync("", birch))["rounds"]!.AsArray());

        await (await tree.Client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{late.Id}/close", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal((14, 2, 0.428571), await FallAsync());

        async Task<(int, int, double)> FallAsync()
        {
            var round = (await tree.ReadAsync("?by=axis", state))["rounds"]![0]!;
            return ((int)round["n"]!, (int)round["organizations"]!, (double)round["cells"]![0]!["favorableShare"]!);
        }
    }

    [Fact]
    public async Task A_round_of_few_people_is_withheld_and_the_change_after_it_is_not_told()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        await tree.SurveyAsync(state, edition, Rounds[0], Greens(edition, 3, 3));
        await tree.SurveyAsync(state, edition, Rounds[1], Greens(edition, 4, 0));
        await tree.SurveyAsync(state, edition, Rounds[2], Greens(edition, 6, 2));

        var report = await tree.ReadAsync("");

        Assert.Equal((1, 1, 0), ((int)report["withheld"]!["count"]!, (int)report["withheld"]!["smallGroup"]!, (int)report["withheld"]!["complementary"]!));
        var small = report["rounds"]![1]!;
        Assert.Equal("smallGroup", (string?)small["withheld"]);
        Assert.True(small["n"] is null && small["organizations"] is null && small["assessments"] is null);
        Assert.Empty(small["cells"]!.AsArray());
        Assert.All(report["rounds"]![2]!["cells"]!.AsArray(), cell => Assert.Null(cell!["favorableShareChange"]));
    }

    [Fact]
    public async Task One_round_alone_still_tells_the_change_against_the_one_before()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        await tree.SurveyAsync(state, edition, "2026", Greens(edition, 4, 4));
        await tree.SurveyAsync(state, edition, "2027", Greens(edition, 6, 2));

        var round = Assert.Single((await tree.ReadAsync("?round=2027&by=axis"))["rounds"]!.AsArray())!;

        Assert.Equal(("2027", 0.25), ((string?)round["label"], (double)round["cells"]![0]!["favorableShareChange"]!));
        Assert.Empty((await tree.ReadAsync("?round=1999"))["rounds"]!.AsArray());
    }

    [Fact]
    public async Task A_role_has_figures_of_its_own_and_is_withheld_where_it_is_small()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var (alder, birch) = (await tree.PlaceAsync("district", "Alder", state), await tree.PlaceAsync("district", "Birch", state));
        await tree.SurveyAsync(alder, edition, "fall", [.. Greens(edition, 6, 0, "teacher"), .. Greens(edition, 1, 5, "principal"), .. Greens(edition, 0, 3, "coach")]);
        await tree.SurveyAsync(birch, edition, "fall", [.. Greens(edition, 3, 3, "teacher"), .. Greens(edition, 0, 7, "principal"), .. Greens(edition, 5, 0, "coach")]);

        var teachers = (await tree.ReadAsync("?by=axis&role=teacher", state))["rounds"]![0]!;
        Assert.Equal((12, 0.75), ((int)teachers["n"]!, (double)teachers["cells"]![0]!["favorableShare"]!));

        // Three coaches in one district: theirs are withheld in both, and another role with them.
        foreach (var place in new[] { alder, birch })
        {
            var coaches = (await tree.ReadAsync("?role=coach", place))["rounds"]![0]!;
            Assert.Equal(place == alder ? "smallGroup" : "complementary", (string?)coaches["withheld"]);
            Assert.Empty(coaches["cells"]!.AsArray());
        }

        Assert.Equal(8, (int)(await tree.ReadAsync("?role=coach", state))["rounds"]![0]!["n"]!);
        var nobody = (await tree.ReadAsync("?role=nobody", state))["rounds"]![0]!;
        Assert.Equal((0, 0), ((int)nobody["n"]!, nobody["cells"]!.AsArray().Count));
    }

    [Fact]
    public async Task The_table_says_the_same_as_json()
    {
        var random = new Random(11);
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "=State");
        foreach (var (round, people) in new[] { (Rounds[0], 7), (Rounds[1], 3), (Rounds[2], 9) })
            await tree.SurveyAsync(state, edition, round, SurveyTree.Random(edition, people, random));
        var report = await tree.ReadAsync("?by=item");

        var (rows, _) = await tree.CsvAsync(Address("?by=item"));

        // Eight cells of each round that is shown, a row for the one that is withheld.
        Assert.Equal(8 + 1 + 8, rows.Count);
        var expected = report["rounds"]!.AsArray().SelectMany(round => round!["cells"]!.AsArray().DefaultIfEmpty().Select(cell => (Round: round, Cell: cell)));
        foreach (var ((round, cell), row) in expected.Zip(rows))
        {
            // What a spreadsheet would take for a formula gets an apostrophe.
            Assert.Equal(("'=State", (string?)round["label"], $"{round["withheld"]}"), (row["organization"], row["round"], row["withheld"]));
            Assert.Equal((DateTimeOffset)round["firstOpenedAt"]!, DateTimeOffset.Parse(row["firstOpenedAt"], System.Globalization.CultureInfo.InvariantCulture));
            foreach (var name in new[] { "section", "item", "axis", "n", "organizations", "assessments", "answered", "favorableShare", "favorableShareChange", "mean", "consensus", "finding" })
                Assert.Equal($"{cell?[name]}", row[name]);
            Assert.Equal(
                string.Join(' ', cell?["distribution"]!.AsArray().Select(level => $"{level!["level"]}={level["count"]}") ?? []), row["distribution"]);
        }
    }

    [Fact]
    public async Task Unless_one_is_named_it_is_the_organization_of_the_token_or_the_only_root()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var (alder, birch) = (await tree.PlaceAsync("district", "Alder", state), await tree.PlaceAsync("district", "Birch", state));
        await tree.SurveyAsync(alder, edition, "fall", Greens(edition, 5, 5));
        var within = tree.Tenant.Within(alder.Id);

        Assert.Equal("State", (string?)(await tree.ReadAsync(""))["organization"]!["name"]);
        var own = await within.ReadAsync(Address(""));
        Assert.Equal(("Alder", 10), ((string?)own["organization"]!["name"], (int)own["rounds"]![0]!["n"]!));

        foreach (var outside in new[] { state, birch })
            await (await within.GetAsync(Address("", outside), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        await tree.PlaceAsync("state", "Another State");
        await (await tree.Client.GetAsync(Address(""), Ct)).ExpectFaultAsync("?organizationId", "value.required");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/children")]
    [InlineData("/comparison")]
    public async Task What_is_not_there_or_not_allowed_is_refused(string report)
    {
        var tree = await TreeAsync();
        await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");

        await (await tree.Client.GetAsync($"/v1/reports/readiness{report}?instrument=none", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "instrument.not_found");
        await (await tree.Client.GetAsync($"/v1/reports/readiness{report}?instrument=", Ct)).ExpectFaultAsync("?instrument", "value.required");
        Assert.Equal(HttpStatusCode.BadRequest, (await tree.Client.GetAsync($"/v1/reports/readiness{report}", Ct)).StatusCode);
        if (report != "/children")
            await (await tree.Client.GetAsync(Address($"{report}?by=person"), Ct)).ExpectFaultAsync("?by", "query.bad_value");

        var others = tree.Tenant.Only([.. Scopes.All.Keys.Where(scope => scope != Scopes.ReportsRead)]);
        await (await others.GetAsync(Address(report), Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var stranger = await TreeAsync();
        await stranger.PublishAsync(ReportInstrument.Of("1.0"));
        await stranger.PlaceAsync("state", "State");
        await (await stranger.Client.GetAsync(Address(report, state), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static void CheckRound(List<Survey> surveys, JsonNode round, string by, Dictionary<string, double?> before)
    {
        Assert.Equal(
            (surveys.Sum(s => s.Answers.Count), surveys.Select(s => s.Place.Id).Distinct().Count(), surveys.Count),
            ((int)round["n"]!, (int)round["organizations"]!, (int)round["assessments"]!));
        // Two sections of two items on two axes.
        var cells = round["cells"]!.AsArray();
        Assert.Equal(by switch { "section" => 4, "item" => 8, _ => 2 }, cells.Count);
        foreach (var cell in cells)
        {
            var (section, item, axis) = ((string?)cell!["section"], (string?)cell["item"], (string)cell["axis"]!);
            var key = $"{section} {item} {axis}";
            var reckoned = Reckoning.Of(surveys, one =>
                one.Axis == axis && (item is null || one.Item == item) && (section is null || one.Item.StartsWith(section + ".", StringComparison.Ordinal)));
            reckoned.Check(cell, hasFinding: by != "axis" && axis == "status");
            if (before.TryGetValue(key, out var share))
                Assert.Equal(reckoned.FavorableShare!.Value - share!.Value, (double)cell["favorableShareChange"]!, tolerance: 1.5e-6);
            else
                Assert.Null(cell["favorableShareChange"]);
            before[key] = reckoned.FavorableShare;
        }
    }

    private static InstrumentDocument OnAnotherScale(InstrumentDocument edition, string item) => edition with
    {
        Sections = [.. edition.Sections.Select(section => section with
        {
            Items = [.. section.Items.Select(one => one.Code == item ? one with { Scales = new Dictionary<string, string> { ["status"] = "urgency" } } : one)],
        })],
    };

    private static string[] Texts(JsonNode array) => [.. array.AsArray().Select(text => (string)text!)];

    private async Task<SurveyTree> TreeAsync() => new(await api.NewTenantAsync());
}
