using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

/// <summary>Reports by the standards of a framework, and trends that go on when a standard gets another name.</summary>
public sealed class LensReportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_cell_is_what_single_ratings_of_its_items_say()
    {
        var random = new Random(3);
        var world = await WorldAsync("mine");
        foreach (var round in new[] { "2026", "2027" })
            await world.Tree.SurveyAsync(world.Place, world.Edition, round, SurveyTree.Random(world.Edition, 9, random));

        var report = await world.Tree.ReadAsync("?lens=mine", world.State);

        Assert.Equal("standard", (string?)report["by"]);
        double? before = null;
        foreach (var round in report["rounds"]!.AsArray())
        {
            Assert.Equal(["X status dots", "X priority urgency", "Y status dots", "Y priority urgency"], round!["cells"]!.AsArray().Select(cell => $"{cell!["standard"]} {cell["axis"]} {cell["scale"]}"));
            foreach (var cell in round["cells"]!.AsArray())
            {
                var items = (string?)cell!["standard"] == "X" ? new[] { "S1.1", "S1.2" } : ["S1.2", "S2.1"];
                var reckoned = Reckoning.Of(world.Tree.Of(world.State, (string)round["label"]!), one => one.Axis == (string?)cell["axis"] && items.Contains(one.Item));
                reckoned.Check(cell, hasFinding: (string?)cell["axis"] == "status");
                Assert.True(cell["section"] is null && cell["item"] is null && (string?)cell["match"] == "direct");
            }

            var first = round["cells"]![0]!;
            Assert.Equal(before is { } last ? Math.Round((double)first["favorableShare"]! - last, 6) : null, (double?)first["favorableShareChange"]);
            before = (double)first["favorableShare"]!;
        }

        Assert.Equal(["Z"], Standards(report["lens"]!["notCovered"]!));
        Assert.Equal(["S2.2"], report["lens"]!["unmatchedItems"]!.AsArray().Select(item => (string)item!));
    }

    /// <summary>Whoever makes frameworks chooses what is added up: never more than the items that the report shows anyway.</summary>
    [Fact]
    public async Task Cells_of_a_lens_are_sums_of_items_that_are_shown_and_what_is_withheld_stays_so()
    {
        var random = new Random(4);
        var world = await WorldAsync("mine");
        await world.Tree.SurveyAsync(world.Place, world.Edition, "2026", SurveyTree.Random(world.Edition, 3, random));
        await world.Tree.SurveyAsync(world.Place, world.Edition, "2027", [.. SurveyTree.Random(world.Edition, 9, random, "teacher"), .. SurveyTree.Random(world.Edition, 3, random, "principal")]);

        foreach (var role in new[] { "", "&role=teacher", "&role=principal" })
        {
            var (lens, items) = (await world.Tree.ReadAsync($"?lens=mine{role}", world.State), await world.Tree.ReadAsync($"?by=item{role}", world.State));
            Assert.Equal(items["rounds"]!.AsArray().Select(round => $"{round!["withheld"]} {round["n"]}"), lens["rounds"]!.AsArray().Select(round => $"{round!["withheld"]} {round["n"]}"));
            Assert.Contains(lens["rounds"]!.AsArray(), round => round!["withheld"] is not null && round["cells"]!.AsArray().Count == 0);
            foreach (var (round, shown) in lens["rounds"]!.AsArray().Zip(items["rounds"]!.AsArray()))
            {
                var counts = shown!["cells"]!.AsArray().ToDictionary(cell => $"{cell!["item"]} {cell["axis"]}", cell => Counts(cell!));
                Assert.All(round!["cells"]!.AsArray(), cell =>
                {
                    var codes = (string?)cell!["standard"] == "X" ? new[] { "S1.1", "S1.2" } : ["S1.2", "S2.1"];
                    var parts = codes.Select(code => counts[$"{code} {cell["axis"]}"]).ToList();
                    Assert.Equal(Enumerable.Range(0, parts[0].Length).Select(level => parts.Sum(part => part[level])), Counts(cell));
                });
            }
        }
    }

    [Fact]
    public async Task Children_and_comparison_are_seen_through_it_too()
    {
        var world = await WorldAsync("mine");
        await world.Tree.SurveyAsync(world.Place, world.Edition, "2026", Greens(world.Edition, 6, 4));
        foreach (var green in new[] { 1, 2, 3, 8, 9 })
            await world.Tree.SurveyAsync(await world.Tree.PlaceAsync("district", $"Other {green}", world.State), world.Edition, "2026", Greens(world.Edition, green, 10 - green));

        var children = (await world.Tree.ReadAsync("/children?lens=mine", world.State))["items"]!.AsArray();
        var own = children.Single(child => (Guid)child!["organization"]!["id"]! == world.Place.Id)!;
        Assert.Equal(["X dots direct 0.6", "Y dots direct 0.6"], own["standards"]!.AsArray().Select(one => $"{one!["standard"]} {one["scale"]} {one["match"]} {one["favorableShare"]}"));
        Assert.Empty(own["sections"]!.AsArray());

        var comparison = await world.Tree.ReadAsync("/comparison?lens=mine", world.Place);
        var cell = comparison["cells"]![0]!;
        Assert.Equal(("X", 0.6, "third", 5), ((string?)cell["standard"], (double)cell["favorableShare"]!, (string?)cell["quarter"], (int)cell["others"]!["organizations"]!));
        Assert.Equal(["X", "Y"], Standards(comparison["lens"]!["standards"]!));

        foreach (var (query, place, columns) in new[] { ("?lens=mine", world.State, 27), ("/children?lens=mine", world.State, 11), ("/comparison?lens=mine", world.Place, 22) })
        {
            var (rows, _) = await world.Tree.CsvAsync(Address(query, place));
            Assert.Equal(columns, rows[0].Count);
            Assert.Equal(("X", "dots", "direct"), (rows[0]["standard"], rows[0]["scale"], rows[0]["match"]));
        }
    }

    [Theory]
    [InlineData("rename")]
    [InlineData("replace")]
    [InlineData("replaceByAnotherFramework")]
    public async Task A_standard_that_gets_another_name_between_two_rounds_is_one_unbroken_line(string change)
    {
        var world = await WorldAsync("mine");
        var tenant = world.Tree.Tenant;
        await world.Tree.SurveyAsync(world.Place, world.Edition, "2026", Greens(world.Edition, 4, 6));
        Assert.Equal(0.4, (double)(await world.Tree.ReadAsync("?lens=mine", world.State))["rounds"]![0]!["cells"]![0]!["favorableShare"]!);

        var (lens, code) = change switch
        {
            "rename" => ("mine", "NEW"),
            "replace" => ("mine", "NEW"),
            _ => ("mine-2027", "NEW"),
        };
        if (change == "rename")
            await tenant.RenameAsync("mine/X", "NEW", "New label");
        if (change == "replace")
            await tenant.StandardAsync("mine", "NEW");
        if (change == "replaceByAnotherFramework")
            await tenant.FrameworkAsync("mine-2027", "NEW");
        if (change != "rename")
            await tenant.LinkAsync("mine/X", "replacedBy", $"{lens}/NEW");

        // The instrument that comes next names the standard as it is called now.
        var edition = await world.Tree.PublishAsync(Aligned("2.0", lens, code, "mine"));
        await world.Tree.SurveyAsync(world.Place, edition, "2027", Greens(edition, 7, 3));

        foreach (var through in new[] { lens, "mine" }.Distinct())
        {
            var report = await world.Tree.ReadAsync($"?lens={through}", world.State);
            var standard = through == lens ? code : "X";
            var line = report["rounds"]!.AsArray().Select(round => round!["cells"]!.AsArray().Single(cell => (string?)cell!["standard"] == standard && (string?)cell["axis"] == "status")!).ToList();
            Assert.Equal([0.4, 0.7], line.Select(cell => (double)cell["favorableShare"]!));
            Assert.Equal([null, 0.3], line.Select(cell => (double?)cell["favorableShareChange"]));
            Assert.All(line, cell => Assert.Equal("direct", (string?)cell["match"]));
            Assert.DoesNotContain(report["rounds"]!.AsArray().SelectMany(round => round!["cells"]!.AsArray()), cell => (string?)cell!["standard"] == (standard == "X" ? "NEW" : "X"));
        }

        // An instrument that was never written anew is understood as well.
        var result = await world.Tree.Client.ReadAsync($"/v1/assessments/{world.Tree.Of(world.State, "2026")[0].Id}/results?lens={lens}");
        var covered = result["lens"]!["coverage"]!["standards"]!.AsArray().Single(one => (string?)one!["standard"] == code)!;
        Assert.Equal(
            ["isRelatedTo mine/X", change == "rename" ? "formerName mine/NEW" : $"replacedBy {lens}/NEW"],
            covered["items"]![0]!["path"]!.AsArray().Select(step => $"{step!["relation"]} {step["framework"]}/{step["standard"]}"));
    }

    [Fact]
    public async Task A_lens_that_is_no_framework_or_does_not_fit_the_cells_is_refused()
    {
        var world = await WorldAsync("mine");
        await world.Tree.SurveyAsync(world.Place, world.Edition, "2026", Greens(world.Edition, 6, 4));

        foreach (var report in new[] { "", "/children", "/comparison" })
        {
            await (await world.Tree.Client.GetAsync(Address($"{report}?lens=nothing", world.State), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
            await (await world.Tree.Client.GetAsync(Address($"{report}?lens={new string('a', 41)}", world.State), Ct)).ExpectFaultAsync("?lens", "value.length");
        }

        foreach (var report in new[] { "", "/comparison" })
        {
            await (await world.Tree.Client.GetAsync(Address($"{report}?lens=mine&by=item", world.State), Ct)).ExpectFaultAsync("?by", "value.inconsistent");
            await (await world.Tree.Client.GetAsync(Address($"{report}?by=standard", world.State), Ct)).ExpectFaultAsync("?by", "value.inconsistent");
        }
    }

    private static string[] Standards(JsonNode standards) => [.. standards.AsArray().Select(standard => (string)standard!["standard"]!)];

    private static int[] Counts(JsonNode cell) => [.. cell["distribution"]!.AsArray().Select(level => (int)level!["count"]!)];

    /// <summary>Two sections of two items: S1.1 and S1.2 speak to one standard, S1.2 and S2.1 to Y, S2.2 to none.</summary>
    private static InstrumentDocument Aligned(string version, string framework, string code, string other)
    {
        var edition = ReportInstrument.Of(version);
        return edition with
        {
            Sections = [.. edition.Sections.Select(section => section with { Items = [.. section.Items.Select(item => item with { Alignments = Of(item.Code) })] })],
        };

        List<Alignment> Of(string item) => item switch
        {
            "S1.1" => [To(framework, code)],
            "S1.2" => [To(framework, code), To(other, "Y")],
            "S2.1" => [To(other, "Y")],
            _ => [],
        };

        static Alignment To(string framework, string code) => new() { Framework = framework, Code = code, Type = "isRelatedTo" };
    }

    private async Task<LensWorld> WorldAsync(string framework)
    {
        var tree = new SurveyTree(await api.NewTenantAsync());
        await tree.Tenant.FrameworkAsync(framework, "X", "Y", "Z");
        var edition = await tree.PublishAsync(Aligned("1.0", framework, "X", framework));
        var state = await tree.PlaceAsync("state", "State");
        return new LensWorld(tree, edition, state, await tree.PlaceAsync("district", "Own", state));
    }

    private sealed record LensWorld(SurveyTree Tree, InstrumentDocument Edition, Place State, Place Place);
}
