using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>Open joining, join by code or link, stop.</summary>
public sealed class JoiningTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_says_what_it_leads_to_and_nothing_more()
    {
        var assessment = await api.OpenAssessmentAsync("confidential", roles: ["teacher", "aide"]);
        var code = (string)(await assessment.OpenJoiningAsync())["code"]!;

        var seen = await (await assessment.Tenant.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/join", new { code })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("Pulse 2026-fall", "Cedar", "confidential", "optional"), ((string?)seen["title"], (string?)seen["organizationName"], (string?)seen["mode"], (string?)seen["asksForKey"]));
        Assert.Equal(["teacher", "aide"], seen["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Equal(("Pulse", true), ((string?)seen["instrumentTitle"]!["en"], ((string)seen["promise"]!["es"]!).Length > 20));
        foreach (var id in (Guid[])[assessment.Id, assessment.Tenant.Id, assessment.DistrictId])
            Assert.DoesNotContain(id.ToString(), seen.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Code_link_and_picture_can_be_shown_again()
    {
        var assessment = await api.OpenAssessmentAsync();

        var opened = await assessment.OpenJoiningAsync();
        var again = await assessment.Client.ReadAsync(assessment.Address + "/join-code");

        Assert.Equal(opened.ToJsonString(), again.ToJsonString());
        Assert.StartsWith("http://plservice.test/join#plj_", (string)opened["link"]!, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Parse((string)opened["qrCode"]!).Root!.Name.LocalName);
        Assert.All((string)opened["code"]!, character => Assert.True(JoinCode.Alphabet.Contains(character), $"{character} is not of the alphabet"));
        var link = ((string)opened["link"]!).Split('#')[1];
        Assert.DoesNotContain(link, await assessment.Tenant.StoredAsync(async db => string.Join(' ', await db.JoinCodes.Select(j => j.Code).ToListAsync(Ct))), StringComparison.Ordinal);
        await (await assessment.JoinAsync(new { link, participantKey = "Ada" })).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Case_blanks_hyphens_and_lookalikes_are_forgiven()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var code = (string)(await assessment.OpenJoiningAsync())["code"]!;
        var typed = string.Join('-', code.ToLowerInvariant().Chunk(3).Select(part => new string(part))).Replace('5', 's').Replace('2', 'z').Replace('8', 'B').Replace('q', '0').Replace('v', 'u');

        await (await assessment.JoinAsync(new { code = $" {typed} " })).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_code_replaces_the_old_one_and_its_link_and_who_has_joined_goes_on()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var old = await assessment.OpenJoiningAsync();
        var joined = await assessment.JoinedAsync();

        var now = await assessment.Client.ReadAsync(assessment.Address + "/join-code");

        Assert.NotEqual((string?)old["code"], (string?)now["code"]);
        await RefusedAsync(assessment, new { code = (string?)old["code"] });
        await RefusedAsync(assessment, new { link = ((string)old["link"]!).Split('#')[1] });
        await (await assessment.JoinAsync(new { code = (string?)now["code"] })).ExpectAsync(HttpStatusCode.OK);
        await joined.ReadAsync();
    }

    [Fact]
    public async Task Stopping_and_closing_end_joining()
    {
        var stopped = await api.OpenAssessmentAsync("anonymous");
        var opened = await stopped.OpenJoiningAsync();
        await (await stopped.Client.SendJsonAsync(HttpMethod.Delete, stopped.Address + "/join-code")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await stopped.Client.SendJsonAsync(HttpMethod.Delete, stopped.Address + "/join-code", ifMatch: "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await stopped.Client.SendJsonAsync(HttpMethod.Delete, stopped.Address + "/join-code", ifMatch: opened.ETag())).ExpectAsync(HttpStatusCode.NoContent);
        await RefusedAsync(stopped, new { code = (string?)opened["code"] });
        await (await stopped.Client.GetAsync(stopped.Address + "/join-code", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "join_code.not_found");

        var closed = await api.OpenAssessmentAsync("anonymous");
        var code = (string?)(await closed.OpenJoiningAsync())["code"];
        await closed.CloseAsync();
        await RefusedAsync(closed, new { code });
        Assert.Equal(0, await closed.Tenant.StoredAsync(db => db.JoinCodes.CountAsync(Ct)));
        await (await closed.Client.SendJsonAsync(HttpMethod.Post, closed.Address + "/join-code", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_it_the_answer_is_the_same()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var opened = await assessment.OpenJoiningAsync();
        var expired = await api.OpenAssessmentAsync("anonymous");
        var old = (string?)(await expired.OpenJoiningAsync())["code"];
        await expired.Tenant.StoredAsync(db => db.JoinCodes.ExecuteUpdateAsync(set => set.SetProperty(j => j.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(-1)), Ct));
        var link = ((string)opened["link"]!).Split('#')[1];
        var forged = link[..^4] + (link.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        var answers = new List<string>();
        foreach (var body in (object[])[new { code = "222222" }, new { code = "abc" }, new { code = old }, new { link = forged }, new { link = "plj_nothing" }])
        {
            var problem = await (await assessment.JoinAsync(body)).ExpectProblemAsync(HttpStatusCode.NotFound, "join_code.not_found");
            problem.Remove("traceId");
            answers.Add(problem.ToJsonString());
        }

        Assert.Single(answers.Distinct());
        await (await assessment.JoinAsync(new { code = (string?)opened["code"], link })).ExpectFaultAsync("/code", "value.required");
        await (await assessment.JoinAsync(new { })).ExpectFaultAsync("/code", "value.required");
    }

    [Fact]
    public async Task A_code_is_good_as_long_as_it_was_said()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var until = DateTimeOffset.UtcNow.AddDays(3);

        var opened = await assessment.OpenJoiningAsync(new { expiresAt = until });

        Assert.Equal(until, (DateTimeOffset)opened["expiresAt"]!, TimeSpan.FromSeconds(1));
        foreach (var wrong in (DateTimeOffset[])[DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(400)])
            await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/join-code", new { expiresAt = wrong })).ExpectFaultAsync("/expiresAt", "value.out_of_range");
    }

    [Fact]
    public async Task Posters_are_not_joined()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous", "poster");

        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/join-code", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.TalliesOnly.Code);
    }

    [Fact]
    public async Task Each_mode_takes_the_names_that_it_is_about()
    {
        var named = await api.OpenAssessmentAsync(roles: ["teacher"]);
        var code = (string?)(await named.OpenJoiningAsync())["code"];
        await (await named.JoinAsync(new { code })).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.KeyNeeded.Code);
        await (await named.JoinAsync(new { code, participantKey = "Ada", role = "pilot" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownRole.Code);
        await (await named.JoinAsync(new { code, participantKey = "person:1" })).ExpectFaultAsync("/participantKey", "value.pattern");
        await (await named.JoinAsync(new { code, participantKey = " Ada ", role = "teacher" })).ExpectAsync(HttpStatusCode.OK);
        await (await named.JoinAsync(new { code, participantKey = "Ada" })).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.AlreadyStarted.Code);
        var response = await named.Tenant.StoredAsync(db => db.Responses.SingleAsync(Ct));
        Assert.Equal(("Ada", "teacher", true), (response.ParticipantKey, response.Role, response.FromParticipant));

        var anonymous = await api.OpenAssessmentAsync("anonymous");
        code = (string?)(await anonymous.OpenJoiningAsync())["code"];
        await (await anonymous.JoinAsync(new { code, participantKey = "Ada" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.KeyNotTaken.Code);

        var confidential = await api.OpenAssessmentAsync("confidential");
        await confidential.JoinedAsync("Ada");
        await confidential.JoinedAsync();
        await (await confidential.JoinAsync(new { code = (string?)(await confidential.OpenJoiningAsync())["code"], participantKey = "Ada" }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.AlreadyStarted.Code);
        Assert.Equal((2, 1), await confidential.Tenant.StoredAsync(async db => (await db.Responses.CountAsync(Ct), await db.Participations.CountAsync(Ct))));
    }

    [Fact]
    public async Task A_refused_start_leaves_nothing_behind()
    {
        var assessment = await api.OpenAssessmentAsync("confidential", roles: ["teacher"]);
        var code = (string?)(await assessment.OpenJoiningAsync())["code"];

        await (await assessment.JoinAsync(new { code, participantKey = "Ada", role = "pilot" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownRole.Code);

        Assert.Equal((0, 0), await assessment.Tenant.StoredAsync(async db => (await db.Responses.CountAsync(Ct), await db.Participations.CountAsync(Ct))));
    }

    private static async Task RefusedAsync(TestAssessment assessment, object body) =>
        await (await assessment.JoinAsync(body)).ExpectProblemAsync(HttpStatusCode.NotFound, "join_code.not_found");
}
