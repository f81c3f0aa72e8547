using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Teams;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Teams;

public sealed class TeamTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_is_founded_with_all_that_is_said_of_it_and_says_whom_it_lacks()
    {
        var committee = await api.NewCommitteeAsync();
        var made = await committee.Everything.CreateAsync("/v1/teams", new
        {
            organizationId = committee.District,
            kind = "pdec",
            name = "Second",
            purpose = "Writes the plan.",
            commitments = new[] { "We decide by consensus." },
            renewsOn = "2031-08-31",
            startsOn = "2026-09-01",
            externalId = "T-1",
        });

        var read = await committee.Everything.ReadAsync($"/v1/teams/{made.Id()}");
        Assert.Equal(made.ToJsonString(), read.ToJsonString());
        Assert.Equal(["teacher 0/1", "administrator 0/1", "bargainingUnit 0/1"], read.Unmet());
        Assert.Equal(("active", "later", 0, 1L), ((string?)read["status"], (string?)read["renewal"], (int)read["members"]!, (long)read["version"]!));
        var stored = await committee.Tenant.StoredAsync(db => db.Teams.SingleAsync(t => t.Id == made.Id(), Ct));
        Assert.Equal((TeamKind.Pdec, "Writes the plan.", new DateOnly(2031, 8, 31), "T-1"), (stored.Kind, stored.Purpose, stored.RenewsOn!.Value, stored.ExternalId));
        Assert.Equal(["We decide by consensus."], stored.Commitments);
        Assert.Contains("team.created", await committee.Tenant.ActionsAsync());
    }

    [Fact]
    public async Task What_cannot_be_founded_is_refused_with_the_reason()
    {
        var committee = await api.NewCommitteeAsync();
        Task<HttpResponseMessage> Found(object body) => committee.Everything.SendJsonAsync(HttpMethod.Post, "/v1/teams", body);
        var organizationId = committee.District;

        await (await Found(new { organizationId = Guid.CreateVersion7(), kind = "pdec", name = "A" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.unknown_organization");
        await (await Found(new { organizationId, kind = "pdec", name = "" })).ExpectFaultAsync("/name", "value.required");
        await (await Found(new { organizationId, kind = "pdec", name = new string('n', 201) })).ExpectFaultAsync("/name", "value.too_long");
        await (await Found(new { organizationId, kind = "pdec", name = "A", commitments = new[] { " " } })).ExpectFaultAsync("/commitments", "value.length");
        await (await Found(new { organizationId, kind = "pdec", name = "A", commitments = Enumerable.Repeat("c", 31) })).ExpectFaultAsync("/commitments", "value.too_many");
        await (await Found(new { organizationId, kind = "pdec", name = "A", startsOn = "2026-09-02", endsOn = "2026-09-01" })).ExpectFaultAsync("/endsOn", "team.ends_before_start");
        await (await Found(new { organizationId, kind = "pdec", name = "A", externalId = " x" })).ExpectFaultAsync("/externalId", "value.pattern");
        Assert.Equal(HttpStatusCode.BadRequest, (await Found(new { organizationId, kind = "club", name = "A" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Found(new { organizationId, name = "A" })).StatusCode);
        await (await Found(new { organizationId, kind = "other", name = "A", externalId = "T" })).ExpectAsync(HttpStatusCode.Created);
        await (await Found(new { organizationId, kind = "other", name = "B", externalId = "T" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.external_id_taken");
        await (await Found(new { organizationId = committee.School, kind = "other", name = "B", externalId = "T" })).ExpectAsync(HttpStatusCode.Created);
        await (await committee.Everything.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{committee.School}/close", new { closedOn = "2026-01-31" }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await Found(new { organizationId = committee.School, kind = "other", name = "C" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.organization_closed");
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_says_what_it_changed()
    {
        var committee = await api.NewCommitteeAsync();
        var read = await committee.Everything.ReadAsync(committee.Path);

        await (await committee.Everything.PatchAsync(committee.Path, new { name = "X" }, null)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        var changed = await committee.Everything.PatchedAsync(committee.Path, new { name = "Renamed", renewsOn = TeamSteps.Day(0), commitments = new[] { "We begin on time." } }, read.ETag());
        Assert.Equal(("Renamed", "due", 2L), ((string?)changed["name"], (string?)changed["renewal"], (long)changed["version"]!));
        await (await committee.Everything.PatchAsync(committee.Path, new { name = "X" }, read.ETag())).ExpectProblemAsync((HttpStatusCode)412, "concurrency.stale_version");
        Assert.Equal(2L, (long)(await committee.Everything.PatchedAsync(committee.Path, new { name = "Renamed" }))["version"]!);
        Assert.Equal("soon", (string?)(await committee.Everything.PatchedAsync(committee.Path, new { renewsOn = TeamSteps.Day(60) }))["renewal"]);
        var bare = await committee.Everything.PatchedAsync(committee.Path, new { renewsOn = (string?)null, commitments = (string[]?)null });
        Assert.Equal((null, "none", 0), ((string?)bare["renewsOn"], (string?)bare["renewal"], bare["commitments"]!.AsArray().Count));
        await (await committee.Everything.PatchAsync(committee.Path, new { name = (string?)null })).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await committee.Everything.PatchAsync($"/v1/teams/{Guid.CreateVersion7()}", new { name = "X" })).ExpectProblemAsync(HttpStatusCode.NotFound, "team.not_found");

        var detail = await committee.Tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "team.changed").OrderBy(e => e.Id).Select(e => e.Detail).FirstAsync(Ct));
        Assert.Contains("commitments", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("We begin", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dissolved_team_stays_as_it_was_until_it_is_reopened()
    {
        var committee = await api.NewCommitteeAsync();
        var client = committee.Everything;
        await client.PatchedAsync(committee.Path, new { startsOn = TeamSteps.Day(-10) });
        Task<HttpResponseMessage> Turn(string how, object? body = null) => client.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/{how}", body, "*");

        await (await Turn("reopen")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.not_dissolved");
        await (await Turn("dissolve", new { lastDay = TeamSteps.Day(-11) })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.ends_before_start");
        var over = await (await Turn("dissolve", new { })).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("dissolved", TeamSteps.Day(0)), ((string?)over["status"], (string?)over["endsOn"]));
        Assert.Empty(over.Unmet());
        await (await Turn("dissolve", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.already_dissolved");
        await (await client.PatchAsync(committee.Path, new { name = "X" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.dissolved");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/members", new { name = "Ada" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.dissolved");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/meetings", new { day = "2026-10-05", from = "15:30" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.dissolved");
        Assert.Empty((await client.ReadAsync("/v1/teams")).Names());
        Assert.Single((await client.ReadAsync("/v1/teams?status=dissolved")).Names());
        var again = await (await Turn("reopen")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("active", null, 3), ((string?)again["status"], (string?)again["endsOn"], again.Unmet().Count()));
        Assert.Superset(new HashSet<string> { "team.dissolved", "team.reopened" }, (await committee.Tenant.ActionsAsync()).ToHashSet());
    }

    [Fact]
    public async Task A_team_goes_while_nothing_refers_to_it_and_its_members_with_it()
    {
        var committee = await api.NewCommitteeAsync();
        var client = committee.Everything;
        await client.SeatAsync(committee.Path, "Ada", ["teacher"]);
        var met = await client.FoundAsync(committee.District, "Has met");
        await client.CreateAsync($"{met}/meetings", new { day = "2026-10-05", from = "15:30" });

        await (await client.SendJsonAsync(HttpMethod.Delete, met, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.in_use");
        await (await client.SendJsonAsync(HttpMethod.Delete, committee.Path, null, "\"7\"")).ExpectProblemAsync((HttpStatusCode)412, "concurrency.stale_version");
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, committee.Path, null, "*")).StatusCode);
        await (await client.GetAsync(committee.Path, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "team.not_found");
        Assert.Equal(0, await committee.Tenant.StoredAsync(db => db.TeamMembers.CountAsync(Ct)));
        Assert.Contains("team.deleted", await committee.Tenant.ActionsAsync());
    }
}
