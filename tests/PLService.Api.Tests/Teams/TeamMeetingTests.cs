using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Teams;

public sealed class TeamMeetingTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meeting_is_planned_held_and_kept_with_who_was_there_and_what_was_decided()
    {
        var committee = await api.NewCommitteeAsync();
        var (client, meetings) = (committee.Everything, $"{committee.Path}/meetings");
        var (ada, ben) = (await client.SeatAsync(committee.Path, "Ada", ["teacher"]), await client.SeatAsync(committee.Path, "Ben", ["administrator"]));
        var plan = (await client.CreateAsync("/v1/plans", new { organizationId = committee.District, title = "Plan", startsOn = "2026-09-01", endsOn = "2027-08-31" })).Id();
        var planned = await client.CreateAsync(meetings, new
        {
            day = "2026-01-05",
            from = "15:30",
            to = "17:00",
            title = "First",
            place = "Room 2",
            agenda = new object[] { new { title = "Norms", minutes = 20, presenter = "Ada" }, new { title = "Draft" } },
        });
        // Honolulu is ten hours behind.
        Assert.Equal((TeamSteps.Zone, "2026-01-06T01:30:00+00:00", "2026-01-06T03:00:00+00:00"), ((string?)planned["timeZone"], (string?)planned["startsAt"], (string?)planned["endsAt"]));
        Assert.Equal("planned", (string?)planned["status"]);

        var held = await client.PatchedAsync($"{meetings}/{planned.Id()}", new
        {
            status = "held",
            present = new[] { ada.Id(), ben.Id() },
            minutes = "All went well.",
            decisions = new object[] { new { text = "Wednesdays.", planId = plan }, new { text = "Room 3.", decidedOn = "2026-01-06" } },
        }, planned.ETag());

        Assert.Equal(("held", 2L, 2), ((string?)held["status"], (long)held["version"]!, held["present"]!.AsArray().Count));
        Assert.Equal(held.ToJsonString(), (await client.ReadAsync($"{meetings}/{planned.Id()}")).ToJsonString());
        Assert.Equal([("Wednesdays.", "2026-01-05"), ("Room 3.", "2026-01-06")], held["decisions"]!.AsArray().Select(d => ((string)d!["text"]!, (string)d["decidedOn"]!)));
        // What keeps its id is the same decision, wherever it stands.
        var second = held["decisions"]![1]!.AsObject().Id();
        var again = await client.PatchedAsync($"{meetings}/{planned.Id()}", new { present = new[] { ben.Id() }, decisions = new object[] { new { id = second, text = "Room 4." }, new { text = "New.", planId = plan } } });
        Assert.Equal(second, again["decisions"]![0]!.AsObject().Id());
        Assert.Equal(["New.", "Room 4."], (await client.ReadAsync($"/v1/team-decisions?teamId={committee.Id}"))["items"]!.AsArray().Select(d => (string?)d!["text"]));
        Assert.Equal(["New."], (await client.ReadAsync($"/v1/team-decisions?planId={plan}&from=2026-01-05&to=2026-01-05"))["items"]!.AsArray().Select(d => (string?)d!["text"]));
        Assert.Equal(1, await committee.Tenant.StoredAsync(db => db.TeamAttendances.CountAsync(a => a.MeetingId == planned.Id() && a.MemberId == ben.Id(), Ct)));
        Assert.Equal(3L, (long)(await client.PatchedAsync($"{meetings}/{planned.Id()}", new { title = "First" }))["version"]!);
        await (await client.SendJsonAsync(HttpMethod.Delete, $"{meetings}/{planned.Id()}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "team.meeting_not_planned");
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/plans/{plan}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.decided_on");

        var trail = await committee.Tenant.StoredAsync(db => db.AuditEvents.Where(e => e.ResourceType == "teamMeeting").OrderBy(e => e.Id).ToListAsync(Ct));
        Assert.Equal(["teamMeeting.created", "teamMeeting.changed", "teamMeeting.changed"], trail.Select(e => e.Action));
        Assert.Contains("decisions", trail[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(trail, e => e.Detail!.Contains("Wednesdays", StringComparison.Ordinal) || e.Detail.Contains("well", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_said_of_a_meeting_has_to_fit()
    {
        var committee = await api.NewCommitteeAsync();
        var (client, meetings) = (committee.Everything, $"{committee.Path}/meetings");
        var elsewhere = await client.SeatAsync(await client.FoundAsync(committee.School, "Other"), "Ada", []);
        Task<HttpResponseMessage> Plan(object body) => client.SendJsonAsync(HttpMethod.Post, meetings, body);

        await (await Plan(new { day = "2026-10-05", from = "3 pm" })).ExpectFaultAsync("/from", "team.bad_time");
        await (await Plan(new { day = "2026-10-05", from = "15:30", to = "15:30" })).ExpectFaultAsync("/to", "team.meeting_ends_before_start");
        await (await Plan(new { day = "2026-10-05", from = "15:30", agenda = new[] { new { title = "" } } })).ExpectFaultAsync("/agenda/0/title", "value.required");
        await (await Plan(new { day = "2026-10-05", from = "15:30", agenda = new[] { new { title = "A", minutes = 0 } } })).ExpectFaultAsync("/agenda/0/minutes", "value.out_of_range");
        await (await Plan(new { day = "2026-10-05", from = "15:30", agenda = new object?[] { null } })).ExpectFaultAsync("/agenda/0", "value.required");
        await (await Plan(new { day = "2026-10-05", from = "15:30", decisions = new[] { new { text = " " } } })).ExpectFaultAsync("/decisions/0/text", "value.required");
        await (await Plan(new { day = "2026-10-05", from = "15:30", decisions = Enumerable.Repeat(new { text = "d" }, 51) })).ExpectFaultAsync("/decisions", "value.too_many");
        await (await Plan(new { day = TeamSteps.Day(1), from = "15:30", status = "held" })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.meeting_in_future");
        await (await Plan(new { day = "2026-10-05", from = "15:30", present = new[] { elsewhere.Id() } })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.unknown_member");
        await (await Plan(new { day = "2026-10-05", from = "15:30", decisions = new[] { new { text = "d", id = Guid.CreateVersion7() } } })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.unknown_decision");
        await (await Plan(new { day = "2026-10-05", from = "15:30", decisions = new[] { new { text = "d", planId = Guid.CreateVersion7() } } })).ExpectProblemAsync(HttpStatusCode.Conflict, "team.unknown_plan");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/teams/{Guid.CreateVersion7()}/meetings", new { day = "2026-10-05", from = "15:30" })).ExpectProblemAsync(HttpStatusCode.NotFound, "team.not_found");
        await (await client.GetAsync($"{meetings}/{Guid.CreateVersion7()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "team_meeting.not_found");
        Assert.Equal(0, await committee.Tenant.StoredAsync(db => db.TeamMeetings.CountAsync(Ct)));
    }

    [Fact]
    public async Task Meetings_are_listed_by_day_page_by_page_and_a_planned_one_is_deleted()
    {
        var committee = await api.NewCommitteeAsync();
        var (client, meetings) = (committee.Everything, $"{committee.Path}/meetings");
        foreach (var day in new[] { "2026-01-12", "2026-01-05", "2026-01-19", "2026-01-05" })
            await client.CreateAsync(meetings, new { day, from = "08:00", status = day.EndsWith("19", StringComparison.Ordinal) ? "cancelled" : "planned", minutes = "Long." });

        var read = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await client.ReadAsync($"{meetings}?limit=1&count=true{cursor}");
            Assert.Equal(4, (int)page["count"]!);
            read.AddRange(page["items"]!.AsArray().Select(m => (string?)m!["day"]));
            cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(["2026-01-19", "2026-01-12", "2026-01-05", "2026-01-05"], read);
        Assert.Single((await client.ReadAsync($"{meetings}?status=cancelled"))["items"]!.AsArray());
        var one = (await client.ReadAsync($"{meetings}?from=2026-01-06&to=2026-01-18"))["items"]!.AsArray().Single()!.AsObject();
        Assert.Equal((true, 0, 0, "2026-01-12T18:00:00+00:00"), ((bool)one["hasMinutes"]!, (int)one["present"]!, (int)one["decisions"]!, (string?)one["startsAt"]));
        await (await client.GetAsync($"{meetings}?cursor={(await client.ReadAsync("/v1/teams?limit=1"))["nextCursor"] ?? "WyJ4IiwieSJd"}", Ct)).ExpectFaultAsync("?cursor", "cursor.unknown");
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, $"{meetings}/{one.Id()}", null, one.ETag())).StatusCode);
        Assert.Contains("teamMeeting.deleted", await committee.Tenant.ActionsAsync());
        Assert.Equal(3, await committee.Tenant.StoredAsync(db => db.TeamMeetings.CountAsync(Ct)));
    }
}
