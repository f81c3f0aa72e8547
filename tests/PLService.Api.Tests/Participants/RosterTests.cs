using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;
using PLService.Api.Persistence.Participants;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>Who is invited, who has answered, and how many.</summary>
public sealed class RosterTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_and_all_participants_of_the_subtree_are_invited_once()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var school = (await assessment.Client.CreateAsync("/v1/organizations", new { kind = "school", name = "School", parentId = assessment.DistrictId })).Id();
        var (here, below) = (await assessment.NewParticipantAsync(), await assessment.Tenant.NewPersonAsync((Role.Participant, school)));
        var viewer = await assessment.Tenant.NewPersonAsync((Role.Viewer, assessment.DistrictId));
        await assessment.Tenant.NewPersonAsync((Role.Participant, assessment.StateId));

        var first = await InviteAsync(assessment, new { personIds = new[] { viewer.Id, viewer.Id } });
        var second = await InviteAsync(assessment, new { allParticipants = true, personIds = new[] { viewer.Id, here.Id } });

        Assert.Equal((1, 0, 1), Counts(first));
        Assert.Equal((2, 1, 3), Counts(second));
        var list = await assessment.Client.ReadAsync(assessment.Address + "/participants?count=true&limit=2");
        var rest = await assessment.Client.ReadAsync($"{assessment.Address}/participants?limit=2&cursor={list["nextCursor"]}");
        var all = list["items"]!.AsArray().Concat(rest["items"]!.AsArray()).ToList();
        Assert.Equal(3, (int)list["count"]!);
        Assert.Equal(new[] { here.Id, below.Id, viewer.Id }.Order(), all.Select(item => (Guid)item!["personId"]!).Order());
        Assert.All(all, item => Assert.Equal(("invited", true), ((string?)item!["status"], item["invitedOn"] is not null)));
        var audit = await assessment.Tenant.StoredAsync(db => db.AuditEvents.Where(a => a.Action == "participation.listed" || a.Action == "assessment.participantsInvited").Select(a => a.Action).ToListAsync(Ct));
        Assert.Equal(4, audit.Count);

        static (int, int, int) Counts(JsonObject answer) => ((int)answer["added"]!, (int)answer["alreadyOn"]!, (int)answer["invited"]!);
    }

    [Fact]
    public async Task Who_cannot_be_invited_is_refused()
    {
        var assessment = await api.OpenAssessmentAsync();
        var elsewhere = (await assessment.Client.CreateAsync("/v1/organizations", new { kind = "district", name = "Birch", parentId = assessment.StateId })).Id();
        var stranger = await assessment.Tenant.NewPersonAsync((Role.Participant, elsewhere));
        var own = assessment.Tenant.Within(assessment.DistrictId);

        await (await own.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { personIds = new[] { stranger.Id } })).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.UnknownPerson.Code);
        await (await own.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { personIds = new[] { Guid.NewGuid() } })).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.UnknownPerson.Code);
        await (await own.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { })).ExpectFaultAsync("/personIds", "value.required");
        await (await own.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { personIds = Enumerable.Range(0, 5001).Select(_ => Guid.NewGuid()) })).ExpectFaultAsync("/personIds", "value.too_many");
        foreach (var address in (string[])["/participants", "/participation", "/join-code"])
            await (await (await assessment.SiblingAsync()).GetAsync(assessment.Address + address, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, address == "/join-code" ? "join_code.not_found" : "assessment.not_found");
    }

    [Theory]
    [InlineData("named")]
    [InlineData("confidential")]
    public async Task A_coordinator_sees_who_answered_and_who_is_to_be_reminded(string mode)
    {
        var assessment = await api.OpenAssessmentAsync(mode);
        var (done, begun, idle) = (await assessment.NewParticipantAsync(), await assessment.NewParticipantAsync(), await assessment.NewParticipantAsync());
        await InviteAsync(assessment, new { personIds = new[] { done.Id, begun.Id, idle.Id } });
        await (await (await assessment.StartedAsync(done)).SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
        await assessment.StartedAsync(begun);
        await assessment.StartedAsync(await assessment.NewParticipantAsync());

        Assert.Equal(new[] { begun.Id, idle.Id }.Order(), (await PeopleAsync("unanswered=true")).Order());
        Assert.Equal([done.Id], await PeopleAsync("status=submitted"));
        Assert.Equal(new[] { begun.Id, idle.Id }.Order(), (await assessment.Tenant.StoredAsync(db => db.Unanswered(assessment.Id).Select(p => p.PersonId!.Value).ToListAsync(Ct))).Order());
        var rate = await assessment.Client.ReadAsync(assessment.Address + "/participation");
        Assert.Equal((3, 3, 1, 2, 1), ((int)rate["invited"]!, (int)rate["started"]!, (int)rate["submitted"]!, (int)rate["invitedStarted"]!, (int)rate["invitedSubmitted"]!));
        Assert.Equal(0.333333, (double)rate["rate"]!);

        async Task<List<Guid>> PeopleAsync(string query) =>
            [.. (await assessment.Client.ReadAsync($"{assessment.Address}/participants?{query}"))["items"]!.AsArray().Select(item => (Guid)item!["personId"]!)];
    }

    [Fact]
    public async Task Of_an_anonymous_assessment_it_is_known_how_many_and_not_who()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var (one, two) = (await assessment.NewParticipantAsync(), await assessment.NewParticipantAsync());
        await InviteAsync(assessment, new { personIds = new[] { one.Id, two.Id } });
        await (await (await assessment.StartedAsync(one)).SubmitAsync()).ExpectAsync(HttpStatusCode.OK);

        await (await assessment.Client.GetAsync(assessment.Address + "/participants", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.NamesAreWithheld.Code);
        Assert.Empty(await assessment.Tenant.StoredAsync(db => db.Unanswered(assessment.Id).ToListAsync(Ct)));
        var rate = await assessment.Client.ReadAsync(assessment.Address + "/participation");
        Assert.Equal((2, 1, 1, 1, 0.5), ((int)rate["invited"]!, (int)rate["started"]!, (int)rate["submitted"]!, (int)rate["invitedStarted"]!, (double)rate["rate"]!));
        Assert.Null(rate["invitedSubmitted"]);
    }

    [Fact]
    public async Task Small_roles_are_withheld_with_the_one_that_would_give_them_away()
    {
        var assessment = await api.OpenAssessmentAsync("anonymous", roles: ["teacher", "aide", "principal"]);
        foreach (var (role, count) in new[] { ("teacher", 7), ("aide", 6), ("principal", 1) })
        {
            for (var i = 0; i < count; i++)
                await assessment.JoinedAsync(role: role);
        }

        var rate = await assessment.Client.ReadAsync(assessment.Address + "/participation");

        Assert.Equal(14, (int)rate["started"]!);
        Assert.Equal(("teacher", 7), ((string?)rate["roles"]!.AsArray().Single()!["role"], (int)rate["roles"]![0]!["started"]!));
        Assert.True((bool)rate["rolesWithheld"]!);
        Assert.Null(rate["rate"]);
    }

    [Fact]
    public async Task Only_who_has_not_started_is_taken_off_the_roster()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var (idle, begun) = (await assessment.NewParticipantAsync(), await assessment.NewParticipantAsync());
        await InviteAsync(assessment, new { personIds = new[] { idle.Id, begun.Id } });
        await assessment.StartedAsync(begun);

        await (await RemoveAsync(assessment, await EntryAsync(idle))).ExpectAsync(HttpStatusCode.NoContent);
        await (await RemoveAsync(assessment, await EntryAsync(begun))).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.HasStarted.Code);
        await (await RemoveAsync(assessment, Guid.NewGuid())).ExpectProblemAsync(HttpStatusCode.NotFound, "participation.not_found");
        Assert.Equal(begun.Id, await assessment.Tenant.StoredAsync(db => db.Participations.Select(p => p.PersonId).SingleAsync(Ct)));

        var anonymous = await api.OpenAssessmentAsync("anonymous");
        await (await RemoveAsync(anonymous, Guid.NewGuid())).ExpectProblemAsync(HttpStatusCode.Conflict, ParticipationErrors.NamesAreWithheld.Code);

        Task<Guid> EntryAsync(Person person) => assessment.Tenant.StoredAsync(db => db.Participations.Where(p => p.PersonId == person.Id).Select(p => p.Id).SingleAsync(Ct));
    }

    [Fact]
    public async Task Many_who_start_and_hand_in_at_once_are_all_counted()
    {
        var assessment = await api.OpenAssessmentAsync("confidential");
        var people = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => assessment.NewParticipantAsync()));
        await InviteAsync(assessment, new { allParticipants = true });

        await Task.WhenAll(people.Select(async person =>
        {
            var participant = await assessment.StartedAsync(person);
            await participant.RateAsync("A.1", "green");
            await (await participant.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
        }));

        var rate = await assessment.Client.ReadAsync(assessment.Address + "/participation");
        Assert.Equal((24, 24, 1d), ((int)rate["submitted"]!, (int)rate["invitedSubmitted"]!, (double)rate["rate"]!));
    }

    private static async Task<JsonObject> InviteAsync(TestAssessment assessment, object body) =>
        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", body)).ExpectAsync(HttpStatusCode.OK);

    private static Task<HttpResponseMessage> RemoveAsync(TestAssessment assessment, Guid entry) => assessment.Client.SendJsonAsync(HttpMethod.Delete, $"{assessment.Address}/participants/{entry}");
}
