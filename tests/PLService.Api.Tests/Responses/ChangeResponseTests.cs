using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Responses;

/// <summary>Change, submit, withdraw, delete.</summary>
public sealed class ChangeResponseTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_a_patch_does_not_name_stays_and_null_clears()
    {
        var assessment = await api.OpenAssessmentAsync();
        var made = await assessment.RespondAsync("a", "teacher", ("A.1", "red"), ("A.2", "green"));

        var changed = await (await PatchAsync(assessment, made.Id(), """{"role":null,"ratings":{"A.1":null,"B.1":"yellow"},"comments":{"A.1":null,"B.1":"soon"}}""", made.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("""{"A.2":"green","B.1":"yellow"}""", changed["ratings"]!.ToJsonString());
        Assert.Equal("""{"B.1":"soon"}""", changed["comments"]!.ToJsonString());
        Assert.Null(changed["role"]);
        var stored = await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync());
        Assert.Equal([null, 0, 1], stored.Levels);
        Assert.Equal(2, stored.Version);
    }

    [Fact]
    public async Task A_patch_needs_the_version_that_was_read_and_fits_the_instrument()
    {
        var assessment = await api.OpenAssessmentAsync(roles: ["teacher"]);
        var id = (await assessment.RespondAsync("a")).Id();

        await (await PatchAsync(assessment, id, "{}", null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await PatchAsync(assessment, id, "{}", "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await PatchAsync(assessment, id, """{"ratings":{"A.1":"blue"}}""", "*")).ExpectFaultAsync("/ratings/A.1", "assessment.unknown_level");
        await (await PatchAsync(assessment, id, """{"role":"parent"}""", "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownRole.Code);
        await (await PatchAsync(assessment, id, """{"status":"submitted"}""", "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    [Fact]
    public async Task A_response_is_handed_in_once_it_has_its_comments_and_can_be_taken_back()
    {
        var assessment = await api.OpenAssessmentAsync();
        var made = await assessment.Client.CreateAsync(assessment.Address + "/responses", """{"ratings":{"A.1":"red"}}""");
        await (await TransitionAsync(assessment, made.Id(), "submit")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.Incomplete.Code);
        await PatchAsync(assessment, made.Id(), """{"comments":{"A.1":"why"}}""", "*");

        var submitted = await (await TransitionAsync(assessment, made.Id(), "submit")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("submitted", (string?)submitted["status"]);
        await (await TransitionAsync(assessment, made.Id(), "submit")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.AlreadySubmitted.Code);
        await (await PatchAsync(assessment, made.Id(), """{"ratings":{"A.1":"green"}}""", "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.AlreadySubmitted.Code);

        var withdrawn = await (await TransitionAsync(assessment, made.Id(), "withdraw")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("inProgress", (string?)withdrawn["status"]);
        Assert.Null(withdrawn["submittedAt"]);
        await (await TransitionAsync(assessment, made.Id(), "withdraw")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotSubmitted.Code);
    }

    [Fact]
    public async Task A_response_is_deleted_while_the_assessment_is_open()
    {
        var assessment = await api.OpenAssessmentAsync();
        var made = await assessment.RespondAsync("a", null, ("A.1", "green"));

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Delete, $"{assessment.Address}/responses/{made.Id()}", ifMatch: made.ETag());

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(0, await assessment.Tenant.StoredAsync(db => db.Responses.CountAsync()));
    }

    [Theory]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/submit")]
    [InlineData("POST", "/withdraw")]
    [InlineData("PUT", "/ratings/A.1")]
    [InlineData("DELETE", "/ratings/A.1")]
    public async Task Nothing_changes_once_it_is_closed_nor_out_of_reach(string method, string address)
    {
        var assessment = await api.OpenAssessmentAsync();
        var made = await assessment.RespondAsync("a", null, ("A.1", "green"));
        await assessment.CloseAsync();
        var body = method switch { "PATCH" => "{}", "PUT" => """{"level":"red"}""", _ => null };

        Task<HttpResponseMessage> Send(HttpClient client, Guid id) => client.SendJsonAsync(new HttpMethod(method), $"{assessment.Address}/responses/{id}{address}", body, "*");

        await (await Send(assessment.Client, made.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
        await (await Send(assessment.Client, Guid.NewGuid())).ExpectProblemAsync(HttpStatusCode.NotFound, "response.not_found");
        await (await Send(await assessment.SiblingAsync(), made.Id())).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        await (await Send((await api.NewTenantAsync()).Everything(), made.Id())).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        Assert.Equal([0, null, null], (await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync())).Levels);
    }

    private static Task<HttpResponseMessage> PatchAsync(TestAssessment assessment, Guid id, string body, string? ifMatch) =>
        assessment.Client.SendJsonAsync(HttpMethod.Patch, $"{assessment.Address}/responses/{id}", body, ifMatch);

    private static Task<HttpResponseMessage> TransitionAsync(TestAssessment assessment, Guid id, string transition) =>
        assessment.Client.SendJsonAsync(HttpMethod.Post, $"{assessment.Address}/responses/{id}/{transition}", ifMatch: "*");
}
