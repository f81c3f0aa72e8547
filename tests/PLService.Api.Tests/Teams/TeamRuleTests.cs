using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;
using PLService.Api.Tests.Reminding;

namespace PLService.Api.Tests.Teams;

public sealed class TeamRuleTests(SetClockServer api) : IClassFixture<SetClockServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_committee_tells_from_day_to_day_whom_it_lacks_and_whose_term_ends_soon()
    {
        var committee = await api.NewCommitteeAsync();
        api.SetClock("2027-03-01T20:00Z");
        var client = committee.Tenant.Everything();
        await client.SeatAsync(committee.Path, "Ada", ["teacher", "bargainingUnit"], "2026-09-01");
        var ben = await client.SeatAsync(committee.Path, "Ben", ["administrator"], "2026-09-01", "2027-03-31");
        await client.SeatAsync(committee.Path, "Cem", ["administrator"], "2027-05-01");
        var complete = await client.ReadAsync(committee.Path);
        Assert.Empty(complete.Unmet());
        Assert.Equal((2, ben.Id(), "2027-03-31"), ((int)complete["members"]!, (Guid)complete["endingSoon"]![0]!["memberId"]!, (string?)complete["endingSoon"]![0]!["endsOn"]));
        Assert.Empty((await client.ReadAsync("/v1/teams?unmet=true")).Names());

        // The last day lasts until midnight in Honolulu, ten hours behind UTC.
        foreach (var (time, unmet) in new (string, string[])[]
        {
            ("2027-04-01T09:59Z", []), ("2027-04-01T10:01Z", ["administrator 0/1"]), ("2027-05-01T09:59Z", ["administrator 0/1"]), ("2027-05-01T10:01Z", []),
        })
        {
            api.SetClock(time);
            client = committee.Tenant.Everything();
            Assert.Equal(unmet, (await client.ReadAsync(committee.Path)).Unmet());
            Assert.Equal(unmet.Length, (await client.ReadAsync("/v1/teams?unmet=true")).Names().Count());
            Assert.Equal(1 - unmet.Length, (await client.ReadAsync("/v1/teams?unmet=false")).Names().Count());
        }
    }

    [Fact]
    public async Task Who_asks_whether_anything_is_new_learns_that_a_term_ended_and_still_may_change_the_team()
    {
        var committee = await api.NewCommitteeAsync();
        api.SetClock("2027-06-01T20:00Z");
        var client = committee.Tenant.Everything();
        await client.SeatAsync(committee.Path, "Ada", ["teacher"], null, "2027-12-31");
        var tag = (await client.GetAsync(committee.Path, Ct)).Headers.ETag!;
        client.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        Assert.Equal(HttpStatusCode.NotModified, (await client.GetAsync(committee.Path, Ct)).StatusCode);

        api.SetClock("2028-01-02T20:00Z");
        client = committee.Tenant.Everything();
        client.DefaultRequestHeaders.IfNoneMatch.Add(tag);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(committee.Path, Ct)).StatusCode);
        await client.PatchedAsync(committee.Path, new { name = "Renamed" }, tag.Tag);
        await (await client.PatchAsync(committee.Path, new { name = "Again" }, tag.Tag)).ExpectProblemAsync((HttpStatusCode)412, "concurrency.stale_version");
    }

    [Fact]
    public async Task A_tenant_sets_its_own_rules_for_a_kind_and_every_team_is_held_against_them()
    {
        var committee = await api.NewCommitteeAsync();
        var client = committee.Tenant.Everything();
        await client.SeatAsync(committee.Path, "Ada", ["teacher"]);
        var shipped = await client.ReadAsync("/v1/team-kinds/pdec/rules");
        Assert.Equal((true, 0L), ((bool)shipped["isShipped"]!, (long)shipped["version"]!));

        await client.CreateAsync("/v1/teams", new { organizationId = committee.School, kind = "workingGroup", name = "Free" });
        var set = await SetAsync(client, "pdec", shipped.ETag(), ("teacher", 2), ("parent", 1));

        Assert.Equal((false, 1L), ((bool)set["isShipped"]!, (long)set["version"]!));
        Assert.Equal(["teacher 1/2", "parent 0/1"], (await client.ReadAsync(committee.Path)).Unmet());
        Assert.Equal(["Cedar Valley PDEC"], (await client.ReadAsync("/v1/teams?unmet=true")).Names());
        await SetAsync(client, "workingGroup", "\"0\"", ("student", 1));
        Assert.Equal(["Cedar Valley PDEC", "Free"], (await client.ReadAsync("/v1/teams?unmet=true")).Names());
        await SetAsync(client, "pdec", set.ETag());
        Assert.Empty((await client.ReadAsync(committee.Path)).Unmet());
        Assert.Equal(["pdec", "learningCommunity", "workingGroup", "districtTeam", "other"], (await client.ReadAsync("/v1/team-kinds"))["items"]!.AsArray().Select(kind => (string?)kind!["kind"]));
        Assert.Equal(3, (await committee.Tenant.ActionsAsync()).Count(action => action == "teamKind.rulesSet"));
        // Another tenant has its own.
        Assert.True((bool)(await (await api.NewTenantAsync()).Everything().ReadAsync("/v1/team-kinds/pdec/rules"))["isShipped"]!);
    }

    [Fact]
    public async Task Rules_that_cannot_be_are_refused()
    {
        var committee = await api.NewCommitteeAsync();
        var client = committee.Tenant.Everything();
        Task<HttpResponseMessage> Put(object rules, string kind = "pdec", string? ifMatch = "*") => client.SendJsonAsync(HttpMethod.Put, $"/v1/team-kinds/{kind}/rules", new { rules }, ifMatch);

        await (await Put(new[] { new { constituency = "nobody", minimum = 1 } })).ExpectFaultAsync("/rules/0/constituency", "team.unknown_constituency");
        await (await Put(new[] { new { constituency = "Ä", minimum = 1 } })).ExpectFaultAsync("/rules/0/constituency", "value.pattern");
        await (await Put(new[] { new { constituency = "teacher", minimum = 0 } })).ExpectFaultAsync("/rules/0/minimum", "value.out_of_range");
        await (await Put(new[] { new { constituency = "teacher", minimum = 1 }, new { constituency = "teacher", minimum = 2 } })).ExpectFaultAsync("/rules", "value.duplicate");
        await (await Put(new object?[] { null })).ExpectFaultAsync("/rules/0", "value.required");
        await (await Put(Array.Empty<object>(), "club")).ExpectProblemAsync(HttpStatusCode.NotFound, "team_kind.not_found");
        await (await Put(Array.Empty<object>(), ifMatch: null)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await Put(Array.Empty<object>(), ifMatch: "\"3\"")).ExpectProblemAsync((HttpStatusCode)412, "concurrency.stale_version");
        await (await client.GetAsync("/v1/team-kinds/club/rules", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "team_kind.not_found");
        await (await committee.Tenant.Within(committee.District).SendJsonAsync(HttpMethod.Put, "/v1/team-kinds/pdec/rules", new { rules = Array.Empty<object>() }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.whole_tenant_only");
        Assert.Equal(0, await committee.Tenant.StoredAsync(db => db.TeamRuleSets.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_tenant_has_constituencies_of_its_own_beside_those_that_are_there_everywhere()
    {
        var committee = await api.NewCommitteeAsync();
        var client = committee.Tenant.Everything();
        const string Nurses = "/v1/team-constituencies/bargainingUnitNurses";
        Task<HttpResponseMessage> Put(string address, string name, string? ifMatch = null) => client.SendJsonAsync(HttpMethod.Put, address, new { name }, ifMatch);

        var made = await (await Put(Nurses, "Nurses")).ExpectAsync(HttpStatusCode.Created);
        await (await Put(Nurses, "Nurses")).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        var renamed = await (await Put(Nurses, "School nurses", made.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("School nurses", 2L), ((string?)renamed["name"], (long)renamed["version"]!));
        Assert.Equal("School nurses", (string?)(await client.ReadAsync(Nurses))["name"]);
        Assert.True((bool)(await client.ReadAsync("/v1/team-constituencies/parent"))["isShipped"]!);
        Assert.Equal(("teacher", "bargainingUnitNurses"), ((await client.ReadAsync("/v1/team-constituencies"))["items"]!.AsArray() is var all ? ((string?)all[0]!["code"], (string?)all[^1]!["code"]) : default));
        await (await Put("/v1/team-constituencies/teacher", "Mine")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.constituency_shipped");
        await (await Put("/v1/team-constituencies/Nurses", "N")).ExpectFaultAsync("/", "value.pattern");
        await (await Put("/v1/team-constituencies/nurses", "")).ExpectFaultAsync("/name", "value.required");

        await SetAsync(client, "pdec", "*", ("bargainingUnitNurses", 1));
        Assert.Equal(["bargainingUnitNurses 0/1"], (await client.ReadAsync(committee.Path)).Unmet());
        await (await client.SendJsonAsync(HttpMethod.Delete, Nurses, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.constituency_in_use");
        await SetAsync(client, "pdec", "*");
        var member = await client.SeatAsync(committee.Path, "Nora", ["bargainingUnitNurses"]);
        await (await client.SendJsonAsync(HttpMethod.Delete, Nurses, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.constituency_in_use");
        await client.SendJsonAsync(HttpMethod.Delete, $"{committee.Path}/members/{member.Id()}", null, "*");
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, Nurses, null, renamed.ETag())).StatusCode);
        await (await client.GetAsync(Nurses, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "team_constituency.not_found");
    }

    private static async Task<JsonObject> SetAsync(HttpClient client, string kind, string ifMatch, params (string Constituency, int Minimum)[] rules) =>
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/team-kinds/{kind}/rules", new { rules = rules.Select(rule => new { constituency = rule.Constituency, minimum = rule.Minimum }) }, ifMatch))
            .ExpectAsync(HttpStatusCode.OK);
}
