using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Teams;

public sealed class TeamMemberTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_and_others_are_added_listed_and_read_and_listing_is_put_on_record()
    {
        var committee = await api.NewCommitteeAsync();
        var client = committee.Everything;
        var ada = await committee.Tenant.NewPersonAsync((Role.Participant, committee.School));

        var chair = await client.CreateAsync($"{committee.Path}/members", new
        {
            personId = ada.Id,
            role = "chair",
            constituencies = new[] { "teacher", "bargainingUnit" },
            startsOn = TeamSteps.Day(-1),
            endsOn = TeamSteps.Day(30),
        });
        await client.SeatAsync(committee.Path, "Ms. Parent", ["parent"], TeamSteps.Day(5));

        Assert.Equal((ada.Name, "chair", 1L), ((string?)chair["name"], (string?)chair["role"], (long)chair["version"]!));
        Assert.Equal(chair.ToJsonString(), (await client.ReadAsync($"{committee.Path}/members/{chair.Id()}")).ToJsonString());
        Assert.Equal([ada.Name, "Ms. Parent"], (await client.ReadAsync($"{committee.Path}/members?count=true")).Names());
        Assert.Equal([ada.Name], (await client.ReadAsync($"{committee.Path}/members?on={TeamSteps.Day(0)}")).Names());
        Assert.Equal(["Ms. Parent"], (await client.ReadAsync($"{committee.Path}/members?constituency=parent")).Names());
        var page = await client.ReadAsync($"{committee.Path}/members?limit=1");
        Assert.Equal(["Ms. Parent"], (await client.ReadAsync($"{committee.Path}/members?limit=1&cursor={page["nextCursor"]}")).Names());
        await (await client.GetAsync($"{committee.Path}/members?constituency=X", Ct)).ExpectFaultAsync("?constituency", "value.pattern");

        var trail = await committee.Tenant.StoredAsync(db => db.AuditEvents.Where(e => e.ResourceType == "teamMember").ToListAsync(Ct));
        Assert.Equal((2, 5), (trail.Count(e => e.Action == "teamMember.added"), trail.Count(e => e.Action == "teamMember.listed" && e.ResourceId == committee.Id)));
        Assert.DoesNotContain(trail, e => e.Detail!.Contains("Parent", StringComparison.Ordinal) || e.Detail.Contains(ada.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_said_of_a_member_has_to_fit()
    {
        var committee = await api.NewCommitteeAsync();
        var person = await committee.Tenant.NewPersonAsync((Role.Participant, committee.School));
        Task<HttpResponseMessage> Add(object body) => committee.Everything.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/members", body);

        await (await Add(new { })).ExpectFaultAsync("/personId", "team.bad_member");
        await (await Add(new { personId = person.Id, name = "Ada" })).ExpectFaultAsync("/personId", "team.bad_member");
        await (await Add(new { name = "Ada", role = new string('r', 61) })).ExpectFaultAsync("/role", "value.length");
        await (await Add(new { name = "Ada", constituencies = new[] { "Teacher" } })).ExpectFaultAsync("/constituencies", "value.pattern");
        await (await Add(new { name = "Ada", constituencies = new[] { "teacher", "teacher" } })).ExpectFaultAsync("/constituencies", "value.duplicate");
        await (await Add(new { name = "Ada", constituencies = new[] { "teacher", "nobody" } })).ExpectFaultAsync("/constituencies/1", "team.unknown_constituency");
        await (await Add(new { name = "Ada", startsOn = "2026-09-02", endsOn = "2026-09-01" })).ExpectFaultAsync("/endsOn", "team.term_ends_before_start");
        await (await Add(new { personId = Guid.CreateVersion7() })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.unknown_person");
        await (await committee.Everything.TurnAsync(person.Id, "deactivate")).ExpectAsync(HttpStatusCode.OK);
        await (await Add(new { personId = person.Id })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.unknown_person");
        await (await committee.Everything.SendJsonAsync(HttpMethod.Post, $"/v1/teams/{Guid.CreateVersion7()}/members", new { name = "Ada" })).ExpectProblemAsync(HttpStatusCode.NotFound, "team.not_found");
        await (await committee.Everything.GetAsync($"{committee.Path}/members/{Guid.CreateVersion7()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "team_member.not_found");
        Assert.Equal(0, await committee.Tenant.StoredAsync(db => db.TeamMembers.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_person_has_one_term_at_a_time_and_a_name_becomes_a_person_but_nobody_else()
    {
        var committee = await api.NewCommitteeAsync();
        var (client, members) = (committee.Everything, $"{committee.Path}/members");
        var (ada, ben) = (await committee.Tenant.NewPersonAsync(), await committee.Tenant.NewPersonAsync());
        var first = await client.SeatAsync(committee.Path, ada, "2026-09-01", "2027-08-31");
        var named = await client.SeatAsync(committee.Path, "Ben, who has no account yet", []);

        await (await client.SendJsonAsync(HttpMethod.Post, members, new { personId = ada.Id, startsOn = "2027-08-31" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.terms_overlap");
        var second = await client.SeatAsync(committee.Path, ada, "2027-09-01");
        await (await client.PatchAsync($"{members}/{first.Id()}", new { endsOn = (string?)null })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.terms_overlap");
        await (await client.PatchAsync($"{members}/{second.Id()}", new { personId = ben.Id })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.other_person");
        var person = await client.PatchedAsync($"{members}/{named.Id()}", new { personId = ben.Id, name = (string?)null, role = "note taker", constituencies = new[] { "administrator" } }, named.ETag());
        Assert.Equal((ben.Name, "note taker", 2L), ((string?)person["name"], (string?)person["role"], (long)person["version"]!));
        await (await client.PatchAsync($"{members}/{named.Id()}", new { role = "chair" }, named.ETag())).ExpectProblemAsync((HttpStatusCode)412, "concurrency.stale_version");
        // Who was a member is not deleted as if they had never been there.
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/people/{ben.Id}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.in_use");
    }

    [Fact]
    public async Task A_term_is_ended_and_who_never_took_part_is_removed()
    {
        var committee = await api.NewCommitteeAsync();
        var (client, members) = (committee.Everything, $"{committee.Path}/members");
        var ada = await client.SeatAsync(committee.Path, "Ada", ["teacher"], TeamSteps.Day(-30));
        var ben = await client.SeatAsync(committee.Path, "Ben", ["administrator"]);
        await client.CreateAsync($"{committee.Path}/meetings", new { day = TeamSteps.Day(-10), from = "15:30", present = new[] { ada.Id() } });
        Task<HttpResponseMessage> End(string? day, string ifMatch = "*") => client.SendJsonAsync(HttpMethod.Post, $"{members}/{ada.Id()}/end", new { lastDay = day }, ifMatch);

        await (await End(TeamSteps.Day(-31))).ExpectProblemAsync(HttpStatusCode.Conflict, "team.term_ends_before_start");
        var ended = await (await End(null, ada.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal((TeamSteps.Day(0), 2L), ((string?)ended["endsOn"], (long)ended["version"]!));
        await (await End((string?)ended["endsOn"])).ExpectProblemAsync(HttpStatusCode.Conflict, "team.term_over");
        await (await client.SendJsonAsync(HttpMethod.Delete, $"{members}/{ada.Id()}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.member_in_use");
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, $"{members}/{ben.Id()}", null, ben.ETag())).StatusCode);
        Assert.Equal(["Ada"], (await client.ReadAsync(members)).Names());
        Assert.Superset(new HashSet<string> { "teamMember.ended", "teamMember.removed" }, (await committee.Tenant.ActionsAsync()).ToHashSet());
    }
}
