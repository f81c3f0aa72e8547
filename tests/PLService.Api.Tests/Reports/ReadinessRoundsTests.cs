using System.Net;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

/// <summary>Which rounds a readiness report shows, and what of them.</summary>
public sealed class ReadinessRoundsTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string[] Rounds = ["2026-spring", "2026-fall", "2027-spring"];

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

        Assert.Equal([1, 1, 0], report["withheld"]!.AsObject().Select(member => (int)member.Value!));
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
        await tree.SurveyAsync(
            alder, edition, "fall", [.. Greens(edition, 6, 0, "teacher"), .. Greens(edition, 1, 5, "principal"), .. Greens(edition, 0, 3, "coach")]);
        await tree.SurveyAsync(
            birch, edition, "fall", [.. Greens(edition, 3, 3, "teacher"), .. Greens(edition, 0, 7, "principal"), .. Greens(edition, 5, 0, "coach")]);

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

    private async Task<SurveyTree> TreeAsync() => new(await api.NewTenantAsync());
}
