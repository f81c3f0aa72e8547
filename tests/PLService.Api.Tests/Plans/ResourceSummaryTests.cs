using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence.Plans;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Reports;

namespace PLService.Api.Tests.Plans;

public sealed class ResourceSummaryTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_time_and_money_add_up_in_all_and_by_strategy()
    {
        var plan = await api.NewPlanAsync();
        var strategy = (await plan.AddAsync("strategies", new { title = "Structures" })).Id();
        await plan.AddAsync("strategies", new { title = "Takes nothing" });
        await plan.AddAsync("resources", new { kind = "people", title = "Coaches", role = "Coach", fte = 3, teachersPerLeader = 10, strategyId = strategy });
        await plan.AddAsync("resources", new { kind = "people", title = "More coaches", role = "coach", fte = 1, teachersPerLeader = 14 });
        await plan.AddAsync("resources", new { kind = "people", title = "Director", fte = 0.5 });
        await plan.AddAsync("resources", new { kind = "time", title = "Teams", minutesPerWeek = 60, isProtected = true, strategyId = strategy });
        await plan.AddAsync("resources", new { kind = "time", title = "Staff meetings", minutesPerWeek = 20, isProtected = false });
        await plan.AddAsync("resources", new { kind = "time", title = "Institute", daysPerYear = 4 });
        await plan.AddAsync("resources", new { kind = "money", title = "Substitutes", amount = 1000, source = "Title II, Part A", years = new[] { 2028, 2026, 2027 } });
        await plan.AddAsync("resources", new { kind = "money", title = "Gift", amount = 500 });

        var summary = await plan.Everything.ReadAsync($"{plan.Path}/resources/summary?teachers=90");

        var total = summary["total"]!;
        Assert.Equal([("Coach", 4m, 11m), ("Director", 0.5m, null)], total["people"]!.AsArray().Select(role => ((string)role!["role"]!, (decimal)role["fte"]!, (decimal?)role["teachersPerLeader"])));
        Assert.Equal((4.5m, 11m), ((decimal)total["fte"]!, (decimal)total["teachersPerLeader"]!));
        Assert.Equal((80m, 60m, 20m), Time(total["minutesPerWeek"]!));
        Assert.Equal((4m, 0m, 0m), Time(total["daysPerYear"]!));
        Assert.Equal([("Title II, Part A", 1000m), (null, 500m)], total["sources"]!.AsArray().Select(of => ((string?)of!["source"], (decimal)of["amount"]!)));
        Assert.Equal([(2026, 333.33m), (2027, 333.33m), (2028, 333.34m), (null, 500m)], total["years"]!.AsArray().Select(of => ((int?)of!["year"], (decimal)of["amount"]!)));
        Assert.Equal((333.33m, 16.67m, 20m), ((decimal)total["dollarsPerFte"]!, (decimal)total["dollarsPerTeacher"]!, (decimal)total["teachersPerFte"]!));
        Assert.Equal([(strategy, 3m, 60m), (null, 1.5m, 20m)], summary["strategies"]!.AsArray().Select(of =>
            ((Guid?)of!["strategyId"], (decimal)of["totals"]!["fte"]!, (decimal)of["totals"]!["minutesPerWeek"]!["total"]!)));
        // Nobody says how many teachers there are unless they are asked.
        Assert.Null((await plan.Everything.ReadAsync($"{plan.Path}/resources/summary"))["total"]!["dollarsPerTeacher"]);
    }

    [Fact]
    public async Task Published_figures_stand_beside_with_source_and_year()
    {
        var plan = await api.NewPlanAsync();
        await plan.AddAsync("resources", new { kind = "time", title = "Teams", minutesPerWeek = 60 });

        var published = (await plan.Everything.ReadAsync($"{plan.Path}/resources/summary"))["published"]!.AsArray();

        Assert.Equal(
            [
                ("sanger-collaboration", "case", "minutesPerWeek", 90m, 60m, -30m), ("dc-leap-seminar", "case", "minutesPerWeek", 90m, 60m, -30m),
                ("dc-leap-observation", "case", "observationMinutes", 15m, null, null), ("duval-days", "case", "daysPerYear", 6m, null, null),
                ("contrast-collaboration", "contrast", "minutesPerWeek", 50m, 60m, 10m),
            ],
            published.Select(of => ((string)of!["figure"]!["code"]!, (string)of["figure"]!["role"]!, (string)of["figure"]!["measure"]!, (decimal)of["figure"]!["value"]!,
                (decimal?)of["own"], (decimal?)of["difference"])));
        Assert.All(published, of => Assert.InRange((int)of!["figure"]!["source"]!["year"]!, 2010, 2026));
    }

    [Fact]
    public void Every_published_figure_has_its_words_in_both_languages_and_its_source()
    {
        var figures = ReferenceFigures.All.SelectMany(set => set.Figures).ToList();

        Assert.Equal(5, figures.Select(figure => figure.Code).Distinct().Count());
        Assert.All(figures, figure =>
        {
            Assert.True(figure.Value > 0 && figure.Source.Title.Length > 0 && figure.Source.Publisher.Length > 0);
            Assert.Equal(["en", "es"], figure.Text.Keys.Order());
        });
    }

    [Fact]
    public async Task Siblings_show_as_median_and_quarters_once_there_are_enough_of_them()
    {
        var tree = await PlanTree.NewAsync(api);
        var own = await TimeAsync(tree, tree.Alder, 75);
        // Of another kind, and below another parent.
        await TimeAsync(tree, await tree.PlaceAsync("network", "Network", tree.North), 500);
        await TimeAsync(tree, tree.Dogwood, 500);
        foreach (var minutes in (int[])[50, 60, 70, 80])
            await TimeAsync(tree, await tree.PlaceAsync("district", $"District {minutes}", tree.North), minutes);
        await tree.PlanAsync(tree.Birch, ("resources", new { kind = "money", title = "Grant", amount = 10 }));

        var few = await MinutesAsync(tree, own);
        Assert.Equal((75m, "smallGroup", null, null), ((decimal?)few["own"], (string?)few["withheld"], (int?)few["siblings"], (decimal?)few["median"]));

        await TimeAsync(tree, await tree.PlaceAsync("district", "Fifth", tree.North), 90);
        var enough = await MinutesAsync(tree, own);
        Assert.Equal(
            (75m, 5, null, 60m, 70m, 80m, "third"),
            ((decimal?)enough["own"], (int?)enough["siblings"], (string?)enough["withheld"], (decimal?)enough["lowerQuartile"], (decimal?)enough["median"], (decimal?)enough["upperQuartile"], (string?)enough["quarter"]));
    }

    [Theory]
    [InlineData(10, SiblingQuarter.Bottom)]
    [InlineData(20, SiblingQuarter.Second)]
    [InlineData(25, SiblingQuarter.Third)]
    [InlineData(50, SiblingQuarter.Top)]
    public void The_quarter_is_where_the_figure_lies_among_the_others(int own, SiblingQuarter quarter) =>
        Assert.Equal(quarter, SiblingComparison.Of(ResourceMeasure.Fte, own, [20, 0, 30, 40, 20], 4).Quarter);

    [Fact]
    public async Task What_is_not_there_or_makes_no_sense_is_refused()
    {
        var plan = await api.NewPlanAsync();

        await (await plan.Everything.GetAsync($"/v1/plans/{Guid.NewGuid()}/resources/summary", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await plan.Everything.GetAsync($"{plan.Path}/resources/summary?teachers=0", Ct)).ExpectFaultAsync("?teachers", "value.out_of_range");
    }

    private static (decimal, decimal, decimal) Time(JsonNode time) => ((decimal)time["total"]!, (decimal)time["protected"]!, (decimal)time["unprotected"]!);

    private static Task<string> TimeAsync(PlanTree tree, Guid place, int minutes) =>
        tree.PlanAsync(place, ("resources", new { kind = "time", title = "Teams", minutesPerWeek = minutes }));

    private static async Task<JsonNode> MinutesAsync(PlanTree tree, string plan) =>
        (await tree.Client.ReadAsync($"{plan}/resources/summary"))["siblings"]!.AsArray().Single(of => (string?)of!["measure"] == "minutesPerWeek")!;
}
