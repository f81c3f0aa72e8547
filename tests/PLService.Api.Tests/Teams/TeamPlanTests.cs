using System.Net;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Teams;

/// <summary>Steps of plans that a team sees to.</summary>
public sealed class TeamPlanTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Whoever_is_in_the_team_today_writes_its_step_and_notes_on_it_and_nobody_else()
    {
        var committee = await api.NewCommitteeAsync("workingGroup");
        var (client, tenant) = (committee.Everything, committee.Tenant);
        var (ada, former, ben) = (await NewParticipantAsync(), await NewParticipantAsync(), await NewParticipantAsync());
        await client.SeatAsync(committee.Path, ada);
        await client.SeatAsync(committee.Path, former, null, TeamSteps.Day(-1));
        await client.SeatAsync(committee.Path, "A name in words", []);
        var (plan, step) = await NewStepAsync(committee, committee.Id);
        Assert.Equal(committee.Id, (Guid)(await client.ReadAsync(step))["ownerTeamId"]!);

        await tenant.As(ada).PatchedAsync(step, new { status = "inProgress" });
        await tenant.As(ada).CreateAsync($"{plan}/progress-notes", new { stepId = step.Split('/')[^1], text = "Begun." });
        foreach (var other in new[] { former, ben })
        {
            await (await tenant.As(other).PatchAsync(step, new { status = "done" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
            await (await tenant.As(other).SendJsonAsync(HttpMethod.Post, $"{plan}/progress-notes", new { stepId = step.Split('/')[^1], text = "?" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
        }

        await (await client.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/dissolve", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await tenant.As(ada).PatchAsync(step, new { status = "done" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");

        Task<Person> NewParticipantAsync() => tenant.NewPersonAsync((Role.Participant, committee.District));
    }

    [Fact]
    public async Task A_step_is_seen_to_by_a_team_that_is_there_works_and_is_reached()
    {
        var committee = await api.NewCommitteeAsync("workingGroup");
        var client = committee.Everything;
        var (plan, step) = await NewStepAsync(committee, committee.Id);
        var gone = await client.FoundAsync(committee.District, "Gone", "other");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{gone}/dissolve", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        var elsewhere = await client.FoundAsync((await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Other" })).Id(), "Elsewhere", "other");

        foreach (var (who, team) in new[] { (client, Guid.CreateVersion7().ToString()), (client, gone), (committee.Tenant.Within(committee.District), elsewhere) })
        {
            var ownerTeamId = team.Split('/')[^1];
            await (await who.SendJsonAsync(HttpMethod.Post, $"{plan}/steps", new { title = "S", ownerTeamId })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_owner");
            await (await who.PatchAsync(step, new { ownerTeamId })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.unknown_owner");
        }

        await (await client.SendJsonAsync(HttpMethod.Delete, committee.Path, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.in_use");
        // What was given to a team stays with it when it is dissolved, and the rest of the step goes on.
        await (await client.SendJsonAsync(HttpMethod.Post, $"{committee.Path}/dissolve", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("S2", (string?)(await client.PatchedAsync(step, new { title = "S2" }))["title"]);
        await client.PatchedAsync(step, new { ownerTeamId = (string?)null });
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, committee.Path, null, "*")).StatusCode);
    }

    private static async Task<(string Plan, string Step)> NewStepAsync(Committee committee, Guid ownerTeamId)
    {
        var made = await committee.Everything.CreateAsync("/v1/plans", new { organizationId = committee.District, title = "Plan", startsOn = "2026-09-01", endsOn = "2027-08-31" });
        var plan = $"/v1/plans/{made.Id()}";
        return (plan, $"{plan}/steps/{(await committee.Everything.CreateAsync($"{plan}/steps", new { title = "S", ownerTeamId })).Id()}");
    }
}
