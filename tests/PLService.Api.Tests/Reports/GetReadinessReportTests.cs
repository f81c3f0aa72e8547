using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

public sealed class GetReadinessReportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string[] Rounds = ["2026-spring", "2026-fall", "2027-spring"];

    private static readonly string[] Figures =
    [
        "section", "item", "axis", "n", "organizations", "assessments", "answered", "favorableShare", "favorableShareChange", "mean", "consensus", "finding",
    ];

    [Fact]
    public async Task Every_figure_of_every_round_is_what_the_ratings_of_the_subtree_say()
    {
        var random = new Random(7);
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var north = await tree.PlaceAsync("region", "North", state);
        var south = await tree.PlaceAsync("region", "South", state);
        var (alder, birch) = (await tree.PlaceAsync("district", "Alder", north), await tree.PlaceAsync("district", "Birch", north));
        Place[] surveyed = [north, alder, birch, south];
        foreach (var round in Rounds)
        {
            foreach (var place in surveyed)
                await tree.SurveyAsync(place, edition, round, SurveyTree.Random(edition, random.Next(5, 9), random));
        }

        // One organization twice in a round: two assessments, one organization.
        await tree.SurveyAsync(south, edition, Rounds[1], SurveyTree.Random(edition, 6, random));

        string[] groupings = ["section", "item", "axis"];
        foreach (var (by, place) in groupings.SelectMany(_ => new[] { state, north, south }, (grouping, place) => (grouping, place)))
        {
            var report = await tree.ReadAsync($"?by={by}", place);
            Assert.Equal((place.Id, by), ((Guid)report["organization"]!["id"]!, (string)report["by"]!));
            Assert.Equal(Rounds, report["rounds"]!.AsArray().Select(round => (string)round!["label"]!));
            var before = new Dictionary<string, double?>();
            foreach (var round in report["rounds"]!.AsArray())
                CheckRound(tree.Of(place, (string)round!["label"]!), round, by, before);
        }
    }

    [Fact]
    public async Task What_changes_beside_the_figures_shows_in_the_next_answer()
    {
        var tree = await TreeAsync();
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        await tree.SurveyAsync(await tree.PlaceAsync("district", "Alder", state), edition, "fall", SurveyTree.Greens(edition, 6, 2));
        async Task<(string? Name, string? Withheld)> SeenAsync()
        {
            var report = await tree.ReadAsync("");
            return ((string?)report["organization"]!["name"], (string?)report["rounds"]![0]!["withheld"]);
        }

        Assert.Equal(("State", null), await SeenAsync());
        await (await tree.Client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{state.Id}", new { name = "Commonwealth" }, ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("Commonwealth", null), await SeenAsync());
        await (await tree.Client.SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = "Tenant", minimumGroupSize = 9 }, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("Commonwealth", "smallGroup"), await SeenAsync());

        await tree.PlaceAsync("state", "Another root");
        await (await tree.Client.GetAsync(SurveyTree.Address(""), TestContext.Current.CancellationToken)).ExpectFaultAsync("?organizationId", "value.required");
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
            if ((item, axis) != ("S2.2", "status"))
                Assert.Equal(item.StartsWith("S3", StringComparison.Ordinal) ? ["2.0"] : ["1.0", "2.0"], versions);
            var asked = surveys.Where(survey => versions.Contains(survey.Edition.Version)).ToList();
            Reckoning.Of(asked, one => one == (item, axis)).Check(cell, hasFinding: axis == "status");
        }

        // Items of several scales together: scores cannot be averaged.
        var sections = (await tree.ReadAsync("", state))["rounds"]![0]!["cells"]!.AsArray();
        var section = sections.Single(cell => (string?)cell!["section"] == "S2" && (string?)cell["axis"] == "status")!;
        var together = Reckoning.Of(surveys, one => one.Axis == "status" && one.Item.StartsWith("S2", StringComparison.Ordinal));
        Assert.Equal(together.FavorableShare!.Value, (double)section["favorableShare"]!, 6);
        Assert.Equal((15, together.Levels.Count), ((int)section["n"]!, (int)section["answered"]!));
        Assert.True(section["distribution"] is null && section["mean"] is null && section["consensus"] is null);
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
        var expected = report["rounds"]!.AsArray()
            .SelectMany(round => round!["cells"]!.AsArray().DefaultIfEmpty(), (round, cell) => (Round: round!, Cell: cell));
        foreach (var ((round, cell), row) in expected.Zip(rows))
        {
            // What a spreadsheet would take for a formula gets an apostrophe.
            Assert.Equal(("'=State", (string?)round["label"], $"{round["withheld"]}"), (row["organization"], row["round"], row["withheld"]));
            Assert.Equal((DateTimeOffset)round["firstOpenedAt"]!, DateTimeOffset.Parse(row["firstOpenedAt"], CultureInfo.InvariantCulture));
            foreach (var name in Figures)
                Assert.Equal($"{cell?[name]}", row[name]);
            var levels = cell?["distribution"]!.AsArray().Select(level => $"{level!["level"]}={level["count"]}") ?? [];
            Assert.Equal(string.Join(' ', levels), row["distribution"]);
        }
    }

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
                one.Axis == axis
                && (item is null || one.Item == item)
                && (section is null || one.Item.StartsWith(section + ".", StringComparison.Ordinal)));
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
            Items =
            [
                .. section.Items.Select(one => one.Code == item
                    ? one with { Scales = new Dictionary<string, string> { ["status"] = "urgency" } }
                    : one),
            ],
        })],
    };

    private static string[] Texts(JsonNode array) => [.. array.AsArray().Select(text => (string)text!)];

    private async Task<SurveyTree> TreeAsync() => new(await api.NewTenantAsync());
}
