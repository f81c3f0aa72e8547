using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Results;

public sealed class LiveTallyTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_is_shown_is_at_most_two_seconds_old()
    {
        var assessment = await api.OpenAssessmentAsync();
        for (var i = 0; i < 5; i++)
            await assessment.RespondAsync($"p{i}", null, ("A.1", "green"));
        Assert.Equal(5, Green(await assessment.Client.ReadAsync(assessment.Address + "/tally")));

        await assessment.RespondAsync("late", null, ("A.1", "green"));
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

        Assert.Equal(6, Green(await assessment.Client.ReadAsync(assessment.Address + "/tally")));
    }

    [Fact]
    public async Task Viewers_at_one_time_share_one_computation()
    {
        var assessment = await api.OpenAssessmentAsync();

        var tallies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => assessment.Client.ReadAsync(assessment.Address + "/tally")));

        Assert.InRange(tallies.Select(tally => (string?)tally["asOf"]).Distinct().Count(), 1, 25);
    }

    [Fact]
    public async Task A_small_group_is_withheld_as_in_a_result()
    {
        var assessment = await api.OpenAssessmentAsync();
        await assessment.RespondAsync("p", null, ("A.1", "green"));

        var tally = await assessment.Client.ReadAsync(assessment.Address + "/tally");

        Assert.True((bool)Item(tally)["withheld"]!);
        Assert.Null(Item(tally)["measures"]);
    }

    [Fact]
    public async Task It_is_there_while_the_assessment_is_open()
    {
        var assessment = await api.AssessmentAsync(open: false);

        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/tally")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
    }

    private static int Green(JsonObject tally) => (int)Item(tally)["measures"]!["distribution"]![0]!["count"]!;

    private static JsonNode Item(JsonObject tally) => tally["result"]!["whole"]!["sections"]![0]!["items"]![0]!["axes"]![0]!;
}
