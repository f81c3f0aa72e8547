using System.Net;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Teams;

public sealed class ListTeamsTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Each_filter_narrows_and_all_of_them_go_together()
    {
        var committee = await api.NewCommitteeAsync();
        var (client, district, school) = (committee.Everything, committee.District, committee.School);
        var ada = await committee.Tenant.NewPersonAsync((Role.Participant, school));
        await client.PatchedAsync(committee.Path, new { name = "A", renewsOn = "2030-06-30", externalId = "one" });
        var learning = await client.FoundAsync(school, "B", "learningCommunity", "2030-07-01");
        var former = await client.FoundAsync(school, "C", "workingGroup");
        await client.SeatAsync(learning, ada);
        await client.SeatAsync(former, ada, null, TeamSteps.Day(-2));

        foreach (var (query, expected) in new (string, string[])[]
        {
            ("", ["A", "B", "C"]),
            ($"?organizationId={district}", ["A"]),
            ($"?withinOrganizationId={district}", ["A", "B", "C"]),
            ($"?withinOrganizationId={school}&kind=workingGroup", ["C"]),
            ("?kind=learningCommunity", ["B"]),
            ($"?memberId={ada.Id}", ["B"]),
            ("?renewsBefore=2030-07-01", ["A"]),
            ("?renewsBefore=2030-07-02", ["A", "B"]),
            ("?externalId=one", ["A"]),
            ("?unmet=true", ["A"]),
            ("?unmet=false", ["B", "C"]),
            ($"?status=dissolved&organizationId={district}", []),
        })
            Assert.Equal(expected, (await client.ReadAsync($"/v1/teams{query}")).Names());
        await (await client.GetAsync("/v1/teams?kind=club", TestContext.Current.CancellationToken)).ExpectFaultAsync("?kind", "query.bad_value");
        await (await client.GetAsync($"/v1/teams?externalId={new string('x', 101)}", TestContext.Current.CancellationToken)).ExpectFaultAsync("?externalId", "value.too_long");
    }

    [Fact]
    public async Task Every_team_is_on_exactly_one_page_in_the_order_of_names()
    {
        var committee = await api.NewCommitteeAsync();
        foreach (var name in new[] { "b", "A", "B", "a", "c" })
            await committee.Everything.FoundAsync(committee.School, name, "other");

        var read = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await committee.Everything.ReadAsync($"/v1/teams?limit=2&count=true{cursor}");
            Assert.Equal(6, (int)page["count"]!);
            read.AddRange(page.Names());
            cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(["a", "a", "b", "b", "c", "cedar valley pdec"], read.Select(name => name!.ToLowerInvariant()));
        Assert.Equal(6, read.Distinct().Count());
    }

    [Fact]
    public async Task Somebody_in_a_team_of_an_organization_above_reads_it_as_long_as_the_term_lasts_and_changes_nothing()
    {
        var committee = await api.NewCommitteeAsync();
        var teacher = await committee.Tenant.NewPersonAsync((Role.Participant, committee.School));
        var facilitator = await committee.Tenant.NewPersonAsync((Role.Facilitator, committee.School));
        var (asTeacher, asFacilitator) = (committee.Tenant.As(teacher), committee.Tenant.As(facilitator));
        // Members without a person are nobody's way in.
        await committee.Everything.SeatAsync(committee.Path, "Somebody", ["parent"]);
        Assert.Empty((await committee.Tenant.Within(committee.School).ReadAsync("/v1/teams")).Names());
        Assert.Empty((await asTeacher.ReadAsync("/v1/teams")).Names());

        var term = await committee.Everything.SeatAsync(committee.Path, teacher);
        await committee.Everything.SeatAsync(committee.Path, facilitator);

        Assert.Single((await asTeacher.ReadAsync("/v1/teams")).Names());
        Assert.Equal(3, (await asTeacher.ReadAsync($"{committee.Path}/members"))["items"]!.AsArray().Count);
        await (await asTeacher.PatchAsync(committee.Path, new { name = "Mine" })).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await asFacilitator.PatchAsync(committee.Path, new { name = "Mine" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.lead_only");
        await (await asFacilitator.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/members", new { name = "Friend" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.lead_only");
        await (await committee.Everything.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/members/{term.Id()}/end", new { lastDay = TeamSteps.Day(-2) }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await asTeacher.GetAsync(committee.Path, TestContext.Current.CancellationToken)).ExpectProblemAsync(HttpStatusCode.NotFound, "team.not_found");
        Assert.Equal("Own", (string?)(await asFacilitator.CreateAsync("/v1/teams", new { organizationId = committee.School, kind = "other", name = "Own" }))["name"]);
    }
}
