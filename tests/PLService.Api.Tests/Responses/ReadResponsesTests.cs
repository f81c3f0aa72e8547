using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Responses;

/// <summary>List, count, read; what each mode keeps back.</summary>
public sealed class ReadResponsesTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_named_assessment_shows_who_said_what_and_puts_the_reading_on_record()
    {
        var assessment = await api.OpenAssessmentAsync();
        await assessment.RespondAsync("a", null, ("A.1", "green"));
        await assessment.RespondAsync("b", null, ("A.1", "red"));

        var list = await assessment.Client.ReadAsync(assessment.Address + "/responses?limit=1&count=true");
        var rest = await assessment.Client.ReadAsync($"{assessment.Address}/responses?limit=1&cursor={list["nextCursor"]}");

        Assert.Equal(2, (int)list["count"]!);
        Assert.Equal("green", (string?)list["items"]![0]!["ratings"]!["A.1"]);
        Assert.Equal("b", (string?)rest["items"]![0]!["participantKey"]);
        Assert.Equal(2, await assessment.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "response.listed")));
        Assert.Null((await assessment.Client.ReadAsync(assessment.Address + "/responses?ratings=false"))["items"]![0]!["ratings"]);
        Assert.Single((await assessment.Client.ReadAsync(assessment.Address + "/responses?participantKey=a&status=inProgress"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_confidential_assessment_shows_who_answered_and_never_what()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var made = await assessment.RespondAsync("a", "teacher", ("A.1", "red"));

        var list = await assessment.Client.ReadAsync(assessment.Address + "/responses");
        var one = await assessment.Client.ReadAsync($"{assessment.Address}/responses/{made.Id()}");

        foreach (var item in (JsonNode[])[list["items"]![0]!, one])
        {
            Assert.Equal("a", (string?)item["participantKey"]);
            Assert.Null(item["ratings"]);
            Assert.Null(item["comments"]);
            Assert.Null(item["ratedAt"]);
        }

        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/responses?ratings=true")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ResponsesAreWithheld.Code);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, $"{assessment.Address}/responses/{made.Id()}/ratings/A.1")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ResponsesAreWithheld.Code);
        var patched = await (await assessment.Client.SendJsonAsync(HttpMethod.Patch, $"{assessment.Address}/responses/{made.Id()}", "{}", "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Null(patched["ratings"]);
    }

    [Fact]
    public async Task An_anonymous_assessment_shows_only_how_many()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        await assessment.RespondAsync(null, null, ("A.1", "green"));
        await assessment.Client.CreateAsync(assessment.Address + "/responses", """{"ratings":{"A.1":"green"},"submit":true}""");

        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/responses")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ResponsesAreWithheld.Code);

        var counts = await assessment.Client.ReadAsync(assessment.Address + "/responses/counts");
        Assert.Equal((2, 1), ((int)counts["responses"]!, (int)counts["submitted"]!));
    }

    [Fact]
    public async Task What_cannot_be_reached_is_not_there()
    {
        var assessment = await api.OpenAssessmentAsync();
        var made = await assessment.RespondAsync("a", null, ("A.1", "green"));
        var elsewhere = await api.OpenAssessmentAsync();

        foreach (var client in (HttpClient[])[await assessment.SiblingAsync(), elsewhere.Client])
        {
            foreach (var address in (string[])["", "/counts", $"/{made.Id()}", $"/{made.Id()}/ratings/A.1"])
                await (await client.SendJsonAsync(HttpMethod.Get, assessment.Address + "/responses" + address)).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        }

        await (await assessment.Client.SendJsonAsync(HttpMethod.Get, $"{assessment.Address}/responses/{Guid.NewGuid()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "response.not_found");
        // Another assessment's address does not lead to it either.
        await (await elsewhere.Client.SendJsonAsync(HttpMethod.Get, $"{elsewhere.Address}/responses/{made.Id()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "response.not_found");
    }
}
