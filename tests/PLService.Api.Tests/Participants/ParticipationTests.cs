using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>Answer with a participant's token, come back, hand in; and nothing else.</summary>
public sealed class ParticipationTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("named")]
    [InlineData("confidential")]
    [InlineData("anonymous")]
    public async Task A_participant_answers_comes_back_and_hands_in(string mode)
    {
        var assessment = await api.OpenAssessmentAsync(mode, roles: ["teacher"]);
        var me = await assessment.JoinedAsync(mode == "anonymous" ? null : "Ada");

        var asked = await me.ReadAsync();
        Assert.Equal(("Cedar", mode, "open", "inProgress"), ((string?)asked["organizationName"], (string?)asked["mode"], (string?)asked["assessmentStatus"], (string?)asked["status"]));
        Assert.Equal("a1", (string?)asked["instrument"]!["sections"]![0]!["items"]![0]!["text"]!["en"]);
        Assert.Equal("\"green\"", (await me.PutAsync("A.1", "green", "\"-\"")).Headers.ETag?.Tag);
        var stale = await (await me.PutAsync("A.1", "yellow", "\"-\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        Assert.Equal("green", (string?)stale["currentLevel"]);
        await me.RateAsync("A.2", "red");
        await (await me.SubmitAsync()).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.Incomplete.Code);
        var patched = await (await me.Client.SendJsonAsync(HttpMethod.Patch, ParticipantSteps.Own, new { role = "teacher", comments = new Dictionary<string, string> { ["A.2"] = "not begun" } }, "*"))
            .ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("teacher", "not begun", "red"), ((string?)patched["role"], (string?)patched["comments"]!["A.2"], (string?)patched["ratings"]!["A.2"]));
        await (await me.Client.SendJsonAsync(HttpMethod.Delete, ParticipantSteps.Own + "/ratings/A.1", ifMatch: "\"green\"")).ExpectAsync(HttpStatusCode.OK);
        var submitted = await (await me.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("submitted", 1), ((string?)submitted["status"], submitted["ratings"]!.AsObject().Count));
        await (await me.PutAsync("A.1", "green")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.AlreadySubmitted.Code);
        await (await me.WithdrawAsync()).ExpectAsync(HttpStatusCode.OK);
        await (await me.WithdrawAsync()).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotSubmitted.Code);
        await me.RateAsync("A.1", "yellow");
        var stored = await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync(Ct));
        Assert.Equal([1, 2, null], stored.Levels);

        await assessment.CloseAsync();
        await (await me.PutAsync("A.1", "green")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
        Assert.Equal(("closed", "yellow"), ((string?)(await me.ReadAsync())["assessmentStatus"], (string?)(await me.ReadAsync())["ratings"]!["A.1"]));
    }

    [Fact]
    public async Task What_was_read_is_told_by_its_tag_until_response_or_assessment_change()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var me = await assessment.JoinedAsync();
        var tag = (await me.Client.GetAsync(ParticipantSteps.Own, Ct)).Headers.ETag!.Tag;

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(tag));
        await me.RateAsync("A.1", "green");
        await (await me.SubmitAsync(tag)).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var newer = (await me.Client.GetAsync(ParticipantSteps.Own, Ct)).Headers.ETag!.Tag;
        await (await me.SubmitAsync(newer)).ExpectAsync(HttpStatusCode.OK);
        await assessment.CloseAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync((await me.Client.GetAsync(ParticipantSteps.Own, Ct)).Headers.ETag!.Tag.Replace(".2", ".1", StringComparison.Ordinal)));

        async Task<HttpStatusCode> StatusAsync(string known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, ParticipantSteps.Own);
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
            return (await me.Client.SendAsync(request, Ct)).StatusCode;
        }
    }

    [Fact]
    public async Task A_token_opens_its_own_response_and_nothing_else()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var (me, other) = (await assessment.JoinedAsync(), await assessment.JoinedAsync());
        await other.RateAsync("A.1", "red");

        Assert.NotEqual(me.ResponseId, other.ResponseId);
        Assert.Empty((await me.ReadAsync())["ratings"]!.AsObject());
        foreach (var address in (string[])[assessment.Address, $"{assessment.Address}/responses/{other.ResponseId}", $"{assessment.Address}/responses/{me.ResponseId}", assessment.Address + "/tally", "/v1/me", "/v1/whoami"])
            await (await me.Client.GetAsync(address, Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
        await (await assessment.Client.GetAsync(ParticipantSteps.Own, Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
        await (await assessment.Tenant.As(await assessment.NewParticipantAsync()).GetAsync(ParticipantSteps.Own, Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
    }

    [Fact]
    public async Task Deleting_the_response_ends_the_token()
    {
        var assessment = await api.OpenAssessmentAsync();
        var me = await assessment.JoinedAsync("Ada");

        await (await assessment.Client.SendJsonAsync(HttpMethod.Delete, $"{assessment.Address}/responses/{me.ResponseId}", ifMatch: "*")).ExpectAsync(HttpStatusCode.NoContent);

        await (await me.Client.GetAsync(ParticipantSteps.Own, Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        // Under the same name one can start anew.
        await assessment.JoinedAsync("Ada");
    }

    [Fact]
    public async Task Nothing_of_what_a_participant_does_is_kept_for_repetition()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var me = await assessment.JoinedAsync();

        await (await me.Client.SendJsonAsync(HttpMethod.Post, ParticipantSteps.Own + "/submit", ifMatch: "*", idempotencyKey: "k")).ExpectProblemAsync(HttpStatusCode.BadRequest, "idempotency.not_repeatable");
        await (await me.Client.SendJsonAsync(HttpMethod.Put, ParticipantSteps.Own + "/ratings/A.1", new { level = "green" }, "*", "k")).ExpectProblemAsync(HttpStatusCode.BadRequest, "idempotency.not_repeatable");
        await (await assessment.Tenant.As(await assessment.NewParticipantAsync()).SendJsonAsync(HttpMethod.Post, assessment.Address + "/participation", new { }, idempotencyKey: "k"))
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "idempotency.not_repeatable");
    }

    [Theory]
    [InlineData("named")]
    [InlineData("confidential")]
    public async Task A_signed_in_person_has_one_response_and_comes_back_to_it(string mode)
    {
        var assessment = await api.OpenAssessmentAsync(mode);
        var person = await assessment.NewParticipantAsync();

        var tokens = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => assessment.StartedAsync(person)));

        var only = Assert.Single(tokens.Select(token => token.ResponseId).Distinct());
        var stored = await assessment.Tenant.StoredAsync(db => db.Responses.SingleAsync(Ct));
        Assert.Equal((only, mode == "named"), (stored.Id, stored.ParticipantKey.Contains(person.Id.ToString(), StringComparison.Ordinal)));
        var participation = await assessment.Tenant.StoredAsync(db => db.Participations.SingleAsync(Ct));
        Assert.Equal((person.Id, ParticipationStatus.Started, mode == "named"), (participation.PersonId, participation.Status, participation.StartedOn is not null));
    }

    [Fact]
    public async Task A_signed_in_person_answers_anonymously_once_and_only_with_the_token()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var person = await assessment.NewParticipantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => assessment.StartAsync(person)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        await (await assessment.StartAsync(person)).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.CannotComeBack.Code);
        Assert.Equal((1, 1), await assessment.Tenant.StoredAsync(async db => (await db.Responses.CountAsync(Ct), await db.Participations.CountAsync(Ct))));
    }

    [Fact]
    public async Task Who_is_invited_takes_part_without_a_role_there_and_a_stranger_does_not()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var elsewhere = (await assessment.Client.CreateAsync("/v1/organizations", new { kind = "district", name = "Birch", parentId = assessment.StateId })).Id();
        var person = await assessment.Tenant.NewPersonAsync((Role.Participant, elsewhere));

        await (await assessment.StartAsync(person)).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { personIds = new[] { person.Id } })).ExpectAsync(HttpStatusCode.OK);
        await assessment.StartedAsync(person);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participation", new { })).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
        var unknown = await assessment.NewParticipantAsync();
        await (await assessment.StartAsync(unknown, new { role = new string('x', 61) })).ExpectFaultAsync("/role", "value.length");
        await assessment.CloseAsync();
        await (await assessment.StartAsync(unknown)).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
    }

    [Fact]
    public async Task The_live_tally_is_shown_where_the_assessment_shows_it()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var me = await assessment.JoinedAsync();
        await (await me.Client.GetAsync(ParticipantSteps.Own + "/tally", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.TallyNotShown.Code);

        var now = await assessment.ReadAsync();
        var changed = await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address,
            new { title = "Shown", round = "2026-fall", mode = "anonymous", roles = Array.Empty<string>(), showsLiveTally = true }, now.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.True((bool)changed["showsLiveTally"]!);
        Assert.True((bool)(await assessment.ReadAsync())["showsLiveTally"]!);

        var tally = await me.Client.ReadAsync(ParticipantSteps.Own + "/tally");
        Assert.Equal(assessment.Id, (Guid)tally["assessmentId"]!);
        await assessment.CloseAsync();
        await (await me.Client.GetAsync(ParticipantSteps.Own + "/tally", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);
    }

    [Fact]
    public async Task A_token_lives_until_the_window_closes()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var closesOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(90);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address,
            new { title = "Window", round = "2026-fall", mode = "anonymous", roles = Array.Empty<string>(), windowClosesOn = closesOn }, "*")).ExpectAsync(HttpStatusCode.OK);

        var expires = (DateTimeOffset)(await assessment.JoinedAsync()).Answer["expiresAt"]!;

        Assert.InRange(expires, DateTimeOffset.UtcNow.AddDays(90), DateTimeOffset.UtcNow.AddDays(92));
    }
}
