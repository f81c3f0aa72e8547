using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

public sealed class CompareOrganizationsTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, "top")]
    [InlineData(6, "third")]
    [InlineData(3, "second")]
    [InlineData(0, "bottom")]
    public async Task Beside_five_others_it_is_told_in_which_quarter_one_stands_and_how_they_spread(int green, string quarter)
    {
        var world = await WorldAsync();
        var own = await world.DistrictAsync("Own", green, 10 - green);
        foreach (var other in new[] { 1, 2, 5, 6, 9 })
            await world.DistrictAsync($"Other {other}", other, 10 - other);

        var report = await world.Tree.ReadAsync("/comparison?by=section", own);

        Assert.Equal((5, 0, "fall"), ((int)report["compared"]!, (int)report["withheld"]!["count"]!, (string?)report["round"]));
        Assert.Null(report["ownWithheld"]);
        foreach (var section in new[] { "S1", "S2" })
        {
            var cell = report["cells"]!.AsArray().Single(cell => (string?)cell!["section"] == section && (string?)cell["axis"] == "status")!;
            Assert.Equal((10, green / 10d, quarter), ((int)cell["n"]!, (double)cell["favorableShare"]!, (string?)cell["quarter"]));
            // Of 0.1, 0.2, 0.5, 0.6, 0.9.
            Assert.Equal([5, 0.1, 0.2, 0.5, 0.6, 0.9], Numbers(cell["others"]!));
        }

        world.NamesNobodyElse(report, own);
    }

    [Fact]
    public async Task Quartiles_lie_between_the_nearest_two_and_withheld_ones_are_neither_counted_nor_named()
    {
        var world = await WorldAsync();
        var own = await world.DistrictAsync("Own", 5, 5);
        foreach (var other in new[] { 1, 2, 5, 6, 8, 10 })
            await world.DistrictAsync($"Other {other}", other, 10 - other);
        await world.DistrictAsync("Small", 0, 3);
        await world.DistrictAsync("Next", 6, 0);

        var report = await world.Tree.ReadAsync("/comparison?by=axis", own);

        Assert.Equal(6, (int)report["compared"]!);
        Assert.Equal([2, 1, 1], Numbers(report["withheld"]!));
        var cell = report["cells"]!.AsArray().Single(cell => (string?)cell!["axis"] == "status")!;
        // Of 0.1, 0.2, 0.5, 0.6, 0.8, 1: a quarter of the way lies at place 1.25, half of it at 2.5.
        Assert.Equal([6, 0.1, 0.275, 0.55, 0.75, 1], Numbers(cell["others"]!));
        // Two are below, one is equal: 2.5 of 6.
        Assert.Equal("second", (string?)cell["quarter"]);
        world.NamesNobodyElse(report, own);
    }

    [Fact]
    public async Task Beside_four_others_nothing_is_told_of_them()
    {
        var world = await WorldAsync();
        var own = await world.DistrictAsync("Own", 5, 5);
        foreach (var other in new[] { 1, 2, 6, 8 })
            await world.DistrictAsync($"Other {other}", other, 10 - other);

        var report = await world.Tree.ReadAsync("/comparison?by=axis", own);

        Assert.Equal(4, (int)report["compared"]!);
        Assert.All(report["cells"]!.AsArray(), cell => Assert.True(cell!["quarter"] is null && cell["others"] is null));
        Assert.Equal(0.5, (double)report["cells"]![0]!["favorableShare"]!);
        world.NamesNobodyElse(report, own);
    }

    [Fact]
    public async Task A_small_one_is_not_told_where_it_stands()
    {
        var world = await WorldAsync();
        var own = await world.DistrictAsync("Own", 2, 2);
        foreach (var other in new[] { 1, 2, 5, 6, 8, 9 })
            await world.DistrictAsync($"Other {other}", other, 10 - other);

        var report = await world.Tree.ReadAsync("/comparison?by=axis", own);

        Assert.Equal(("smallGroup", 5), ((string?)report["ownWithheld"], (int)report["compared"]!));
        var cell = report["cells"]![0]!;
        Assert.True(cell["n"] is null && cell["favorableShare"] is null && cell["quarter"] is null);
        Assert.Equal(5, (int)cell["others"]!["organizations"]!);
    }

    [Fact]
    public async Task Among_all_of_its_kind_below_one_above_it_is_compared_in_the_same_way()
    {
        var world = await WorldAsync();
        var south = await world.Tree.PlaceAsync("region", "South", world.State);
        var own = await world.DistrictAsync("Own", 7, 3, south);
        foreach (var other in new[] { 1, 3, 5, 7, 9 })
            await world.DistrictAsync($"Other {other}", other, 10 - other, other < 4 ? south : null);
        var school = await world.Tree.PlaceAsync("school", "School", own);

        // Two siblings, and five districts in the state.
        Assert.Equal(2, (int)(await world.Tree.ReadAsync("/comparison", own))["compared"]!);
        var report = await world.Tree.ReadAsync($"/comparison?by=axis&among={world.State.Id}", own);

        Assert.Equal((5, world.State.Id), ((int)report["compared"]!, (Guid)report["amongId"]!));
        Assert.Equal(("third", 0.5), ((string?)report["cells"]![0]!["quarter"], (double)report["cells"]![0]!["others"]!["median"]!));
        world.NamesNobodyElse(report, own);
        foreach (var notAbove in new[] { own.Id, school.Id, world.North.Id, Guid.NewGuid() })
        {
            await (await world.Tree.Client.GetAsync(Address($"/comparison?among={notAbove}", own), Ct))
                .ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
        }
    }

    [Fact]
    public async Task Who_reaches_one_organization_alone_may_compare_it_and_no_other()
    {
        var world = await WorldAsync();
        var own = await world.DistrictAsync("Own", 5, 5);
        var sibling = await world.DistrictAsync("Other", 5, 5);
        var within = world.Tree.Tenant.Within(own.Id);

        var report = await within.ReadAsync(Address("/comparison"));
        Assert.Equal((own.Id, 1), ((Guid)report["organization"]!["id"]!, (int)report["compared"]!));
        await (await within.GetAsync(Address("/comparison", sibling), Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    [Fact]
    public async Task The_table_says_the_same_as_json()
    {
        var world = await WorldAsync();
        var own = await world.DistrictAsync("Own", 7, 3);
        foreach (var other in new[] { 1, 2, 5, 6, 9 })
            await world.DistrictAsync($"Other {other}", other, 10 - other);
        var cells = (await world.Tree.ReadAsync("/comparison?by=item", own))["cells"]!.AsArray();

        var (rows, _) = await world.Tree.CsvAsync(Address("/comparison?by=item", own));

        Assert.Equal(8, rows.Count);
        foreach (var (cell, row) in cells.Zip(rows))
        {
            foreach (var name in new[] { "section", "item", "axis", "n", "favorableShare", "quarter" })
                Assert.Equal($"{cell![name]}", row[name]);
            foreach (var name in new[] { "minimum", "lowerQuartile", "median", "upperQuartile", "maximum" })
                Assert.Equal($"{cell!["others"]?[name]}", row[name]);
            Assert.Equal($"{cell!["others"]?["organizations"]}", row["others"]);
            Assert.Equal(("Own", "fall", ""), (row["organization"], row["round"], row["withheld"]));
        }
    }

    private static double[] Numbers(JsonNode spread) => [.. spread.AsObject().Select(member => (double)member.Value!)];

    private async Task<ComparedWorld> WorldAsync()
    {
        var tree = new SurveyTree(await api.NewTenantAsync());
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        return new(tree, edition, state, await tree.PlaceAsync("region", "North", state));
    }

    private sealed record ComparedWorld(SurveyTree Tree, InstrumentDocument Edition, Place State, Place North)
    {
        private readonly List<Place> _districts = [];

        /// <summary>A district below North, where some found everything green and the others red.</summary>
        public async Task<Place> DistrictAsync(string name, int green, int red, Place? parent = null)
        {
            _districts.Add(await Tree.PlaceAsync("district", name, parent ?? North));
            await Tree.SurveyAsync(_districts[^1], Edition, "fall", Greens(Edition, green, red));
            return _districts[^1];
        }

        public void NamesNobodyElse(JsonObject report, Place own)
        {
            foreach (var other in _districts.Where(district => district != own))
            {
                Assert.DoesNotContain(other.Id.ToString(), report.ToJsonString(), StringComparison.Ordinal);
                Assert.DoesNotContain($"\"{other.Name}\"", report.ToJsonString(), StringComparison.Ordinal);
            }
        }
    }
}
