using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Responses;

/// <summary>Place, read and clear one rating; two tabs.</summary>
public sealed class RatingTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_rating_is_placed_on_what_was_read_and_its_tag_says_what_it_is()
    {
        var (assessment, id) = await ResponseAsync();

        var placed = await PutAsync(assessment, id, "A.1", """{"level":"Green"}""", "\"-\"");

        Assert.Equal("green", (string?)(await placed.ExpectAsync(HttpStatusCode.OK))["level"]);
        Assert.Equal("\"green\"", placed.Headers.ETag?.Tag);
        var read = await assessment.Client.GetAsync(Address(assessment, id, "A.1"), TestContext.Current.CancellationToken);
        Assert.Equal("\"green\"", read.Headers.ETag?.Tag);
        var stored = await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync());
        Assert.Equal([0, null, null], stored.Levels);
        Assert.Equal(2, stored.Version);
        var audit = await assessment.Tenant.StoredAsync(db => db.AuditEvents.SingleAsync(a => a.Action == "response.rated"));
        Assert.DoesNotContain("green", audit.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_on_one_item_notice_each_other()
    {
        var (assessment, id) = await ResponseAsync();
        await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"-\"");

        var second = await PutAsync(assessment, id, "A.1", """{"level":"yellow"}""", "\"-\"");

        var problem = await second.ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        Assert.Equal("green", (string?)problem["currentLevel"]);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(assessment, id, "A.1", """{"level":"yellow"}""", "\"green\"")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(assessment, id, "A.1", """{"level":"red"}""", "*")).StatusCode);
        await (await PutAsync(assessment, id, "A.1", """{"level":"red"}""", null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"no-such-level\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    [Fact]
    public async Task A_comment_is_part_of_what_was_read()
    {
        var (assessment, id) = await ResponseAsync();
        var first = await PutAsync(assessment, id, "A.1", """{"level":"red","comment":"not begun"}""", "\"-\"");
        var tag = first.Headers.ETag!.Tag;
        Assert.StartsWith("\"red:", tag, StringComparison.Ordinal);

        await (await PutAsync(assessment, id, "A.1", """{"level":"red","comment":"other words"}""", "\"red\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var kept = await (await PutAsync(assessment, id, "A.1", """{"level":"yellow"}""", tag)).ExpectAsync(HttpStatusCode.OK);
        var gone = await (await PutAsync(assessment, id, "A.1", """{"level":"yellow","comment":""}""", "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("not begun", (string?)kept["comment"]);
        Assert.Null(gone["comment"]);
        Assert.Null((await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync())).Comments);
    }

    [Fact]
    public async Task Tabs_on_different_items_never_lose_each_others_ratings()
    {
        var (assessment, id) = await ResponseAsync();
        string[] items = ["A.1", "A.2", "B.1"];
        string[] levels = ["green", "yellow"];

        await Task.WhenAll(items.Select(async item =>
        {
            var tag = "\"-\"";
            for (var i = 0; i < 20; i++)
            {
                var level = levels[i % 2];
                var response = await PutAsync(assessment, id, item, $$"""{"level":"{{level}}"}""", tag);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                tag = $"\"{level}\"";
            }
        }));

        var stored = await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync());
        Assert.Equal([1, 1, 1], stored.Levels);
        Assert.Equal(61, stored.Version);
    }

    [Fact]
    public async Task Of_many_tabs_on_one_item_one_wins_each_time()
    {
        var (assessment, id) = await ResponseAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"-\"")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task An_axis_is_named_where_there_are_several()
    {
        var assessment = await api.OpenAssessmentAsync(instrument: "two-axes");
        var id = (await assessment.RespondAsync("a")).Id();

        await (await PutAsync(assessment, id, "A.1?axis=priority", """{"level":"high"}""", "\"-\"")).ExpectAsync(HttpStatusCode.OK);
        await (await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"-\"")).ExpectAsync(HttpStatusCode.OK);
        await (await PutAsync(assessment, id, "A.1?axis=status", """{"level":"high"}""", "*")).ExpectFaultAsync("/level", "assessment.unknown_level");
        await (await PutAsync(assessment, id, "A.1?axis=urgency", """{"level":"high"}""", "*")).ExpectFaultAsync("?axis", "assessment.unknown_item");
        await (await PutAsync(assessment, id, "Z.9", """{"level":"high"}""", "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "item.not_found");

        Assert.Equal([0, 1], (await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync())).Levels);
    }

    [Fact]
    public async Task A_rating_is_taken_back()
    {
        var (assessment, id) = await ResponseAsync();
        await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"-\"");

        var cleared = await assessment.Client.SendJsonAsync(HttpMethod.Delete, Address(assessment, id, "A.1"), ifMatch: "\"green\"");

        Assert.Null((await cleared.ExpectAsync(HttpStatusCode.OK))["level"]);
        Assert.Equal("\"-\"", cleared.Headers.ETag?.Tag);
        Assert.Equal([null, null, null], (await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync())).Levels);
    }

    [Fact]
    public async Task What_is_handed_in_is_not_rated_any_more()
    {
        var (assessment, id) = await ResponseAsync();
        await assessment.Client.SendJsonAsync(HttpMethod.Post, $"{assessment.Address}/responses/{id}/submit", ifMatch: "*");

        await (await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.AlreadySubmitted.Code);
    }

    [Fact]
    public async Task A_confidential_rating_can_be_placed_but_its_level_is_not_told()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var id = (await assessment.RespondAsync("a", null, ("A.1", "red"))).Id();

        var stale = await (await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"-\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var placed = await (await PutAsync(assessment, id, "A.1", """{"level":"green"}""", "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Null(stale["currentLevel"]);
        Assert.Null(placed["comment"]);
    }

    [Fact]
    public async Task A_rating_that_meets_the_closing_is_counted_or_refused()
    {
        var (assessment, _) = await ResponseAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add((await assessment.RespondAsync($"p{i}", null, ("B.1", "green"))).Id());

        var ratings = ids.Select(id => PutAsync(assessment, id, "A.1", """{"level":"green"}""", "\"-\"")).ToList();
        var closing = assessment.TransitionAsync("close");
        var accepted = (await Task.WhenAll(ratings)).Count(r => r.StatusCode == HttpStatusCode.OK);
        await (await closing).ExpectAsync(HttpStatusCode.OK);

        // Element A.1 begins the counts, and green begins the levels.
        var counts = await assessment.Tenant.StoredAsync(db => db.AssessmentCounts.SingleAsync(c => c.Role == ""));
        Assert.Equal(accepted, counts.Counts[0]);
    }

    private async Task<(TestAssessment Assessment, Guid Id)> ResponseAsync()
    {
        var assessment = await api.OpenAssessmentAsync();
        return (assessment, (await assessment.RespondAsync("p")).Id());
    }

    private static string Address(TestAssessment assessment, Guid id, string item) => $"{assessment.Address}/responses/{id}/ratings/{item}";

    private static Task<HttpResponseMessage> PutAsync(TestAssessment assessment, Guid id, string item, string body, string? ifMatch) =>
        assessment.Client.SendJsonAsync(HttpMethod.Put, Address(assessment, id, item), body, ifMatch);
}
