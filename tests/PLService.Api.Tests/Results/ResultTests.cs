using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Results;

/// <summary>What is frozen at the close, and how it is read.</summary>
public sealed class ResultTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Responses_with_a_rating_and_tallies_are_added_up_whole_and_by_role()
    {
        var assessment = await api.OpenAssessmentAsync(roles: ["teacher", "administrator"]);
        for (var i = 0; i < 6; i++)
            await assessment.RespondAsync($"t{i}", "teacher", ("A.1", i < 4 ? "green" : "yellow"), ("A.2", "dont-know"));
        await assessment.RespondAsync("nothing", "teacher");
        await assessment.Client.CreateAsync(assessment.Address + "/responses", """{"role":"administrator","ratings":{"A.1":"green"},"submit":true}""");
        await assessment.Client.SendJsonAsync(
            HttpMethod.Put, assessment.Address + "/tallies/t", """{"participants":5,"role":"administrator","counts":{"A.1":{"green":1,"yellow":4}}}""");

        await assessment.CloseAsync();

        var result = (await assessment.Client.ReadAsync(assessment.Address + "/results"))["result"]!;
        Assert.Equal((7, 1, 12), ((int)result["responses"]!, (int)result["submitted"]!, (int)result["participants"]!));
        var item = result["whole"]!["sections"]![0]!["items"]![0]!["axes"]![0]!["measures"]!;
        // 4 + 1 + 1 green, 2 + 4 yellow of 12: mean (6 * 2 + 6 * 1) / 12.
        Assert.Equal((12, 1.5, 0.5), ((int)item["n"]!, (double)item["mean"]!, (double)item["favorableShare"]!));
        Assert.Equal([6, 6, 0, 0], item["distribution"]!.AsArray().Select(level => (int)level!["count"]!));
        var unknown = result["whole"]!["sections"]![0]!["items"]![1]!["axes"]![0]!["measures"]!;
        Assert.Equal((0, 6), ((int)unknown["n"]!, (int)unknown["answered"]!));
        Assert.Equal(["administrator", "teacher"], result["byRole"]!.AsArray().Select(role => (string?)role!["role"]));
        var counts = await assessment.Tenant.StoredAsync(db => db.AssessmentCounts.OrderBy(c => c.Role).ToListAsync());
        Assert.Equal([("", 12), ("administrator", 6), ("teacher", 6)], counts.Select(c => (c.Role, c.Responses)));
        Assert.Equal([6, 6, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0], counts[0].Counts);
    }

    [Fact]
    public async Task A_small_group_is_withheld_and_the_result_says_so()
    {
        var assessment = await api.OpenAssessmentAsync();
        for (var i = 0; i < 3; i++)
            await assessment.RespondAsync($"p{i}", null, ("A.1", "green"));

        await assessment.CloseAsync();

        var result = (await assessment.Client.ReadAsync(assessment.Address + "/results"))["result"]!;
        var item = result["whole"]!["sections"]![0]!["items"]![0]!["axes"]![0]!;
        Assert.Equal((true, "smallGroup"), ((bool)item["withheld"]!, (string?)item["reason"]));
        Assert.Null(item["measures"]);
        Assert.True((int)result["withheld"]!["smallGroup"]! > 0);
    }

    [Fact]
    public async Task The_hash_is_that_of_the_bytes_as_they_are_sent_and_the_etag()
    {
        var assessment = await ClosedAsync();

        var response = await assessment.Client.GetAsync(assessment.Address + "/results", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        var bytes = JsonDocument.Parse(text).RootElement.GetProperty("result").GetRawText();

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes)));
        Assert.Equal(hash, (string?)JsonNode.Parse(text)!["sha256"]);
        Assert.Equal($"\"{hash}\"", response.Headers.ETag?.Tag);
        Assert.Equal(hash, Convert.ToHexStringLower((await assessment.Tenant.StoredAsync(db => db.AssessmentResults.SingleAsync())).Sha256));
        using var again = new HttpRequestMessage(HttpMethod.Get, assessment.Address + "/results");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await assessment.Client.SendAsync(again, Ct)).StatusCode);
    }

    [Fact]
    public async Task As_csv_it_is_the_table_of_the_items()
    {
        var assessment = await ClosedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, assessment.Address + "/results");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));

        var response = await assessment.Client.SendAsync(request, Ct);

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("-csv\"", response.Headers.ETag?.Tag, StringComparison.Ordinal);
        var lines = (await response.Content.ReadAsStringAsync(Ct)).Split("\r\n");
        Assert.Equal(
            "role,section,item,axis,rank,answered,n,mean,median,standardDeviation,favorableShare,pointsShare,consensus,band,withheld,count green,count yellow,count red,count dont-know",
            lines[0]);
        Assert.Equal(",A,A.1,status,1,6,6,2,2,0,1,1,1,,,6,0,0,0", lines[1]);
    }

    [Fact]
    public async Task Each_close_adds_a_revision_and_the_earlier_ones_stay()
    {
        var assessment = await ClosedAsync();
        await assessment.TransitionAsync("reopen", new { reason = "one was late" });
        await assessment.RespondAsync("late", null, ("A.1", "yellow"));
        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/results")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotClosed.Code);
        Assert.Equal(6, (int)(await assessment.Client.ReadAsync(assessment.Address + "/results/1"))["result"]!["responses"]!);

        await assessment.CloseAsync();

        Assert.Equal((2, 7), await RevisionAsync(""));
        Assert.Equal((1, 6), await RevisionAsync("/1"));
        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/results/3")).ExpectProblemAsync(HttpStatusCode.NotFound, "result.not_found");

        async Task<(int, int)> RevisionAsync(string revision)
        {
            var read = await assessment.Client.ReadAsync(assessment.Address + "/results" + revision);
            return ((int)read["revision"]!, (int)read["result"]!["responses"]!);
        }
    }

    [Fact]
    public async Task A_frozen_result_cannot_be_changed_even_below_the_service()
    {
        var assessment = await ClosedAsync();

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            assessment.Tenant.StoredAsync(db => db.AssessmentResults.ExecuteUpdateAsync(set => set.SetProperty(r => r.Document, "{}"))));
    }

    [Theory]
    [InlineData("/results")]
    [InlineData("/results/1")]
    [InlineData("/tally")]
    public async Task What_cannot_be_reached_is_not_there(string address)
    {
        var assessment = await ClosedAsync();

        foreach (var client in (HttpClient[])[await assessment.SiblingAsync(), (await api.NewTenantAsync()).Everything()])
            await (await client.SendJsonAsync(HttpMethod.Get, assessment.Address + address)).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
    }

    [Fact]
    public async Task A_draft_has_no_result()
    {
        var assessment = await api.AssessmentAsync(open: false);

        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/results")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotClosed.Code);
    }

    private async Task<TestAssessment> ClosedAsync()
    {
        var assessment = await api.OpenAssessmentAsync();
        for (var i = 0; i < 6; i++)
            await assessment.RespondAsync($"p{i}", null, ("A.1", "green"));
        await assessment.CloseAsync();
        return assessment;
    }
}
