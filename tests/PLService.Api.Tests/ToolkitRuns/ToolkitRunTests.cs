using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.ToolkitRuns;

public sealed class ToolkitRunTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_begins_with_nothing_started_and_the_first_tool_next()
    {
        var team = await api.NewTeamAsync();

        var run = await team.AsAda.ReadAsync(team.Run);

        Assert.Equal(("Reading circle", "learningCommunity", "1", 1L), ((string?)run["teamName"], (string?)run["teamKind"], (string?)run["nextTool"], (long)run["version"]!));
        Assert.Equal(["notStarted", "notStarted", "notStarted"], States(run));
        Assert.Equal([(team.Ada.Id, "chair"), (team.Ben.Id, null)],
            run["members"]!.AsArray().Select(m => ((Guid)m!["personId"]!, (string?)m["role"])).OrderBy(m => m.Item1 == team.Ada.Id ? 0 : 1));
        Assert.Equal(2, await team.Tenant.StoredAsync(db => db.ToolkitRunMembers.CountAsync(m => m.RunId == team.RunId, Ct)));
        Assert.Contains("toolkitRun.created", await team.Tenant.ActionsAsync());
    }

    [Fact]
    public async Task Progress_follows_the_order_and_shows_what_was_skipped_and_what_was_passed_over()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.BringInAsync(team.Reading, "A text to read.");

        var ahead = await team.AsAda.ReadAsync(team.Run);
        Assert.Equal(["notStarted", "inProgress", "notStarted"], States(ahead));
        Assert.Equal([true, false, false], ahead["tools"]!.AsArray().Select(tool => (bool)tool!["skippedAhead"]!));
        Assert.Equal("1", (string?)ahead["nextTool"]);

        var skipped = await MarkAsync(team.AsAda, team, "1", new { state = "skipped", reason = "Done last year." }, ahead.ETag());
        Assert.Equal(["skipped", "inProgress", "notStarted"], States(skipped));
        Assert.Equal(("Done last year.", false, team.Ada.Id, "2"), ((string?)skipped["tools"]![0]!["reason"], (bool)skipped["tools"]![0]!["skippedAhead"]!,
            (Guid)skipped["tools"]![0]!["markedBy"]!["personId"]!, (string?)skipped["nextTool"]));

        var done = await MarkAsync(team.AsBen, team, "2", new { state = "done" }, skipped.ETag());
        Assert.Equal("3", (string?)done["nextTool"]);
        var all = await MarkAsync(team.AsBen, team, "3", new { state = "done" }, done.ETag());
        Assert.Null(all["nextTool"]);
        // Taken back, the work that there is decides.
        var back = await MarkAsync(team.AsBen, team, "2", new { state = "notStarted" }, all.ETag());
        Assert.Equal(["skipped", "inProgress", "done"], States(back));
        Assert.Equal(2, await team.Tenant.StoredAsync(db => db.ToolMarks.CountAsync(m => m.RunId == team.RunId, Ct)));
    }

    [Fact]
    public async Task The_first_work_on_a_tool_is_a_change_of_the_run_so_that_progress_is_read_anew()
    {
        var team = await api.NewTeamAsync();
        var before = await team.AsAda.ReadAsync(team.Run);

        var sheet = await team.AsAda.AnsweredAsync(team.Sheet, "\"0\"", ("know", "A little."));
        await team.AsAda.AnsweredAsync(team.Sheet, sheet.ETag(), ("know", "A lot."));

        var after = await team.AsAda.ReadAsync(team.Run);
        Assert.Equal(((long)before["version"]! + 1, "inProgress"), ((long)after["version"]!, States(after).First()));
        using var request = new HttpRequestMessage(HttpMethod.Get, team.Run);
        request.Headers.TryAddWithoutValidation("If-None-Match", after.ETag());
        Assert.Equal(HttpStatusCode.NotModified, (await team.AsAda.SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task Marking_a_tool_needs_the_version_that_was_read_a_tool_that_there_is_and_a_reason_only_to_skip()
    {
        var team = await api.NewTeamAsync();
        var address = $"{team.Run}/tools/1";

        await (await team.AsAda.SendJsonAsync(HttpMethod.Put, address, new { state = "done" })).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Put, address, new { state = "done" }, "\"7\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Put, $"{team.Run}/tools/9", new { state = "done" }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "tool.not_found");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Put, address, new { state = "done", reason = "So." }, "*")).ExpectFaultAsync("/reason", "value.invalid");
        var outsider = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Participant, team.District)));
        await (await outsider.SendJsonAsync(HttpMethod.Put, address, new { state = "done" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.not_member");
    }

    [Fact]
    public async Task What_a_team_cannot_begin_with()
    {
        var team = await api.NewTeamAsync();
        Task<HttpResponseMessage> Begin(HttpClient client, string code = "book-study", Guid? organization = null, params Guid[] members) =>
            client.SendJsonAsync(HttpMethod.Post, "/v1/toolkit-runs", new
            {
                toolkit = new { code },
                organizationId = organization ?? team.District,
                teamName = "Another",
                teamKind = "other",
                members = members.Select(person => new { personId = person }),
            });

        await (await Begin(team.Everything, organization: Guid.CreateVersion7())).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.unknown_organization");
        await (await Begin(team.Everything, "no-such")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.unknown_toolkit");
        await (await Begin(team.Everything, members: [Guid.CreateVersion7()])).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.unknown_person");
        await (await Begin(team.Everything, members: [team.Ada.Id, team.Ada.Id])).ExpectFaultAsync("/members", "value.duplicate");
        await (await Begin(team.AsAda)).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.not_member");
        await (await Begin(team.AsAda, members: [team.Ada.Id])).ExpectAsync(HttpStatusCode.Created);

        await team.Everything.SendJsonAsync(HttpMethod.Post, "/v1/toolkits/book-study/versions/1.0/retire", null, "*");
        await (await Begin(team.Everything)).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.unknown_toolkit");
        // Those that have begun go on.
        await team.AsAda.AnsweredAsync(team.Sheet, "*", ("know", "Still here."));
        var closed = await team.Everything.CreateAsync("/v1/organizations", new { kind = "school", name = "Closed", parentId = team.District });
        await (await team.Everything.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{closed.Id()}/close", new { closedOn = "2026-01-31" }, closed.ETag())).ExpectAsync(HttpStatusCode.OK);
        await (await Begin(team.Everything, organization: closed.Id())).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.organization_closed");
    }

    [Fact]
    public async Task A_team_is_renamed_and_its_members_change()
    {
        var team = await api.NewTeamAsync();
        var run = await team.Everything.ReadAsync(team.Run);

        var changed = await (await team.AsAda.SendJsonAsync(HttpMethod.Put, team.Run, new { teamName = "Book club", teamKind = "pdec", members = new[] { new { personId = team.Ada.Id } } }, run.ETag()))
            .ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("Book club", "pdec", 2L), ((string?)changed["teamName"], (string?)changed["teamKind"], (long)changed["version"]!));
        Assert.Equal([team.Ada.Id], changed["members"]!.AsArray().Select(m => (Guid)m!["personId"]!));
        await (await team.AsBen.GetAsync($"{team.Sheet}/mine", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "toolkit_run.not_found");
        await (await team.AsBen.AnswerAsync(team.Sheet, "*", ("know", "?"))).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.not_member");
        // Who stays needs not be reached; who comes does.
        await (await team.Everything.SendJsonAsync(HttpMethod.Put, team.Run, new { teamName = "X", teamKind = "pdec", members = new[] { new { personId = Guid.CreateVersion7() } } }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.unknown_person");
        await (await team.Everything.SendJsonAsync(HttpMethod.Put, team.Run, new { teamName = "", teamKind = "pdec", members = Array.Empty<object>() }, "*")).ExpectFaultAsync("/teamName", "value.required");
    }

    [Fact]
    public async Task A_run_goes_only_while_nothing_was_done_and_by_whom_leads()
    {
        var team = await api.NewTeamAsync();
        var lead = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Facilitator, team.District)));

        await (await team.AsAda.SendJsonAsync(HttpMethod.Delete, team.Run, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.lead_only");
        await team.AsAda.AnsweredAsync($"{team.Sheet}/mine", "*", ("know", "A little."));
        await (await lead.SendJsonAsync(HttpMethod.Delete, team.Run, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.has_work");
        var empty = await lead.CreateAsync("/v1/toolkit-runs", new { toolkit = new { code = "book-study" }, organizationId = team.District, teamName = "By mistake", teamKind = "other" });
        Assert.Equal(HttpStatusCode.NoContent, (await lead.SendJsonAsync(HttpMethod.Delete, $"/v1/toolkit-runs/{empty.Id()}", null, empty.ETag())).StatusCode);
        Assert.False(await team.Tenant.StoredAsync(db => db.ToolkitRuns.AnyAsync(r => r.Id == empty.Id(), Ct)));
    }

    [Fact]
    public async Task A_member_from_elsewhere_reads_and_finds_the_run_and_a_stranger_does_not()
    {
        var team = await api.NewTeamAsync();
        var other = (await team.Everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Other" })).Id();
        var guest = await team.Tenant.NewPersonAsync((Role.Participant, other));
        var stranger = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Facilitator, other)));
        await (await team.Everything.SendJsonAsync(HttpMethod.Put, team.Run, new { teamName = "Reading circle", teamKind = "pdec", members = new[] { new { personId = guest.Id } } }, "*"))
            .ExpectAsync(HttpStatusCode.OK);

        var seen = await team.Tenant.As(guest).ReadAsync($"/v1/toolkit-runs?memberId={guest.Id}&toolkit=book-study&teamKind=pdec&organizationId={team.District}&count=true");
        Assert.Equal((1, team.RunId), ((int)seen["count"]!, seen["items"]![0]!.AsObject().Id()));
        await team.Tenant.As(guest).AnsweredAsync(team.Sheet, "*", ("know", "From elsewhere."));
        await (await stranger.GetAsync(team.Run, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "toolkit_run.not_found");
        Assert.Empty((await stranger.ReadAsync($"/v1/toolkit-runs?withinOrganizationId={team.District}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_toolkit_with_more_fields_than_a_team_can_work_with_is_refused()
    {
        var team = await api.NewTeamAsync();
        await team.Tenant.PlantFrameworkAsync("huge", [.. Enumerable.Range(0, 700).Select(i => ($"S{i}", $"Standard {i}"))]);
        var document = TestToolkits.Document("huge-one");
        foreach (var field in document["tools"]![0]!["parts"]![1]!["fields"]!.AsArray())
            field!["perStandardOf"] = "huge";
        await team.Everything.PublishToolkitAsync(document);

        await (await team.Everything.SendJsonAsync(HttpMethod.Post, "/v1/toolkit-runs", new { toolkit = new { code = "huge-one" }, organizationId = team.District, teamName = "T", teamKind = "other" }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.too_many_fields");
    }

    private static IEnumerable<string?> States(JsonObject run) => run["tools"]!.AsArray().Select(tool => (string?)tool!["state"]);

    private static async Task<JsonObject> MarkAsync(HttpClient client, Team team, string tool, object body, string ifMatch) =>
        await (await client.SendJsonAsync(HttpMethod.Put, $"{team.Run}/tools/{tool}", body, ifMatch)).ExpectAsync(HttpStatusCode.OK);
}
