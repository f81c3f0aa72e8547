using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Tallies;

/// <summary>Enter, replace, read, list and delete the counts of a poster.</summary>
public sealed class TallyTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Counts = """{"participants":8,"role":"teacher","counts":{"A.1":{"green":3,"red":1},"B.1":{"yellow":8}}}""";

    [Fact]
    public async Task A_tally_is_entered_under_a_key_of_ones_own()
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await PutAsync(assessment, "table 3", Counts);

        var made = await response.ExpectAsync(HttpStatusCode.Created);
        Assert.Equal($"{assessment.Address}/tallies/table%203", response.Headers.Location?.ToString());
        Assert.Equal("""{"A.1":{"green":3,"red":1},"B.1":{"yellow":8}}""", made["counts"]!.ToJsonString());
        var stored = await assessment.Tenant.StoredAsync(db => db.Tallies.SingleAsync());
        Assert.Equal([3, 0, 1, 0, 0, 0, 0, 0, 0, 8, 0, 0], stored.Counts);
        Assert.Equal(made.ToJsonString(), (await assessment.Client.ReadAsync($"{assessment.Address}/tallies/table%203")).ToJsonString());
        Assert.Single((await assessment.Client.ReadAsync(assessment.Address + "/tallies"))["items"]!.AsArray());
    }

    [Fact]
    public async Task It_is_replaced_only_by_who_has_read_it()
    {
        var assessment = await api.OpenAssessmentAsync();
        await PutAsync(assessment, "t", Counts);

        await (await PutAsync(assessment, "t", Counts)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await PutAsync(assessment, "t", Counts, "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await PutAsync(assessment, "new", Counts, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.does_not_exist");
        var replaced = await (await PutAsync(assessment, "t", """{"participants":1,"counts":{"A.1":{"green":1}}}""", "\"1\"")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(2, (int)replaced["version"]!);
        Assert.Null(replaced["role"]);
    }

    [Fact]
    public async Task Of_two_that_enter_one_group_at_once_one_is_told()
    {
        var assessment = await api.OpenAssessmentAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PutAsync(assessment, "t", Counts)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.PreconditionFailed or HttpStatusCode.PreconditionRequired));
    }

    [Fact]
    public async Task Marks_that_the_participants_cannot_have_given_are_refused()
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await PutAsync(assessment, "t", """{"participants":3,"counts":{"A.1":{"green":2,"red":2},"A.2":{"blue":1,"green":-1},"Z.9":{"green":1}}}""");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(
            [
                "/counts/A.1 tally.more_marks_than_participants", "/counts/A.2/blue assessment.unknown_level", "/counts/A.2/green value.out_of_range",
                "/counts/Z.9 assessment.unknown_item",
            ],
            problem["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_poster_without_a_limit_takes_as_many_dots_as_there_are()
    {
        var assessment = await api.OpenAssessmentAsync(instrument: "poster");

        await (await PutAsync(assessment, "t", """{"participants":3,"counts":{"A.1":{"green":40}}}""")).ExpectAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_instrument_with_two_axes_takes_counts_for_each()
    {
        var assessment = await api.OpenAssessmentAsync(instrument: "two-axes");

        var made = await (await PutAsync(assessment, "t", """{"participants":3,"counts":{"A.1":{"status":{"green":2},"priority":{"high":3}}}}""")).ExpectAsync(HttpStatusCode.Created);

        Assert.Equal("""{"A.1":{"status":{"green":2},"priority":{"high":3}}}""", made["counts"]!.ToJsonString());
    }

    [Fact]
    public async Task Only_listed_roles_and_open_assessments_take_tallies()
    {
        var assessment = await api.OpenAssessmentAsync(roles: ["administrator"]);
        await (await PutAsync(assessment, "t", Counts)).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownRole.Code);
        await assessment.CloseAsync();

        await (await PutAsync(assessment, "t", """{"participants":1,"counts":{}}""")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
    }

    [Fact]
    public async Task A_tally_is_deleted_while_the_assessment_is_open()
    {
        var assessment = await api.OpenAssessmentAsync();
        await PutAsync(assessment, "t", Counts);
        await PutAsync(assessment, "u", Counts);

        Assert.Equal(HttpStatusCode.NoContent, (await assessment.Client.SendJsonAsync(HttpMethod.Delete, assessment.Address + "/tallies/t", ifMatch: "\"1\"")).StatusCode);
        await assessment.CloseAsync();
        await (await assessment.Client.SendJsonAsync(HttpMethod.Delete, assessment.Address + "/tallies/u", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);

        Assert.Equal("u", (await assessment.Tenant.StoredAsync(db => db.Tallies.SingleAsync())).GroupKey);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/t")]
    [InlineData("PUT", "/t")]
    [InlineData("DELETE", "/t")]
    public async Task What_cannot_be_reached_is_not_there(string method, string address)
    {
        var assessment = await api.OpenAssessmentAsync();
        await PutAsync(assessment, "t", Counts);

        foreach (var client in (HttpClient[])[await assessment.SiblingAsync(), (await api.NewTenantAsync()).Everything()])
        {
            var response = await client.SendJsonAsync(new HttpMethod(method), $"{assessment.Address}/tallies{address}", method == "PUT" ? Counts : null, method == "GET" ? null : "*");
            await response.ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        }

        if (method is "GET" or "DELETE" && address.Length > 0)
            await (await assessment.Client.SendJsonAsync(new HttpMethod(method), assessment.Address + "/tallies/unknown", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "tally.not_found");
    }

    private static Task<HttpResponseMessage> PutAsync(TestAssessment assessment, string key, string body, string? ifMatch = null) =>
        assessment.Client.SendJsonAsync(HttpMethod.Put, $"{assessment.Address}/tallies/{Uri.EscapeDataString(key)}", body, ifMatch);
}
