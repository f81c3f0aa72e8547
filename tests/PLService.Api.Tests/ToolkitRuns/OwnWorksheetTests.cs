using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.ToolkitRuns;

/// <summary>What single members answer is theirs until they share it; then the team can gather it.</summary>
public sealed class OwnWorksheetTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_sees_a_members_answers_until_they_are_shared_and_nobody_again_when_they_are_taken_back()
    {
        var team = await api.NewTeamAsync();
        var own = await team.AsAda.AnsweredAsync($"{team.Sheet}/mine", "\"0\"", ("know", "Ada's secret."));
        Assert.Equal(team.Ada.Id, (Guid)own["person"]!["personId"]!);

        Assert.DoesNotContain("secret", await team.AsBen.GetStringAsync($"{team.Sheet}/mine", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await team.Everything.GetStringAsync(team.Sheet, Ct), StringComparison.Ordinal);
        Assert.Empty((await team.AsBen.ReadAsync($"{team.Sheet}/shared"))["items"]!.AsArray());

        var shared = await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/share", null, own.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.NotNull(shared["sharedAt"]);
        var seen = await team.AsBen.ReadAsync($"{team.Sheet}/shared?count=true");
        Assert.Equal((1, "Ada's secret.", team.Ada.Name), ((int)seen["count"]!, (string?)seen["items"]![0]!["values"]!["know"], (string?)seen["items"]![0]!["person"]!["name"]));
        await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/share", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "worksheet.already_shared");

        await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/unshare", null, shared.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Empty((await team.AsBen.ReadAsync($"{team.Sheet}/shared"))["items"]!.AsArray());
        await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/unshare", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "worksheet.not_shared");
        Assert.Superset(new HashSet<string> { "worksheet.shared", "worksheet.unshared", "worksheet.listed" }, (await team.Tenant.ActionsAsync()).ToHashSet());
    }

    [Fact]
    public async Task There_has_to_be_something_to_share()
    {
        var team = await api.NewTeamAsync();

        await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/share", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "worksheet.empty");
        await (await team.AsAda.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/share")).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
    }

    [Fact]
    public async Task What_members_share_is_for_the_team_and_who_leads_it()
    {
        var team = await api.NewTeamAsync();
        var viewer = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Viewer, team.District)));
        var facilitator = team.Tenant.As(await team.Tenant.NewPersonAsync((Role.Facilitator, team.District)));

        await (await viewer.GetAsync($"{team.Sheet}/shared", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit_run.team_only");
        await facilitator.ReadAsync($"{team.Sheet}/shared");
        // Who leads has no answers of their own in a team that they are no member of, and a machine never has.
        await (await facilitator.GetAsync($"{team.Sheet}/mine", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "toolkit_run.not_found");
        await (await team.Everything.GetAsync($"{team.Sheet}/mine", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
    }

    [Fact]
    public async Task Ones_own_worksheet_is_merged_by_field_as_well_and_has_its_own_history()
    {
        var team = await api.NewTeamAsync();
        var mine = $"{team.Sheet}/mine";
        var read = await team.AsAda.AnsweredAsync(mine, "\"0\"", ("know", "One."));
        await team.AsAda.AnsweredAsync(mine, read.ETag(), ("want", "Elsewhere."));
        await team.AsAda.AnsweredAsync(mine, read.ETag(), ("know", "Two."));

        await (await team.AsAda.AnswerAsync(mine, read.ETag(), ("want", "Here."))).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "worksheet.fields_changed");
        Assert.Equal(3, (await team.AsAda.ReadAsync($"{mine}/history"))["items"]!.AsArray().Count);
        Assert.Empty((await team.AsAda.ReadAsync($"{team.Sheet}/history"))["items"]!.AsArray());
        // What single people write is not on the page of a standard.
        Assert.Equal(0, await team.Tenant.StoredAsync(db => db.StandardReferences.CountAsync(r => r.ResourceType == "worksheet", Ct)));
    }

    [Fact]
    public async Task Answers_are_gathered_with_whose_they_are_and_the_teams_own_stays()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.AnsweredAsync(team.Sheet, "*", ("know", "The team's."));
        await ShareAsync(team, team.AsAda, ("know", "Ada's."), ("want", "Ada wants."));
        await team.AsBen.AnsweredAsync($"{team.Sheet}/mine", "*", ("know", "Ben's, not shared."));

        var gathered = await GatherAsync(team, new { });
        Assert.Equal(("The team's.\n\nAda's.", "Ada wants."), ((string?)gathered["values"]!["know"], (string?)gathered["values"]!["want"]));
        var from = Assert.Single(gathered.FieldOf("know")["gatheredFrom"]!.AsArray())!;
        Assert.Equal((team.Ada.Id, team.Ada.Name), ((Guid)from["personId"]!, (string?)from["name"]));

        // Again, nothing is taken twice; what is new is.
        Assert.Equal((long)gathered["version"]!, (long)(await GatherAsync(team, new { }))["version"]!);
        await ShareAsync(team, team.AsBen, ("know", "Ben's."));
        var both = await GatherAsync(team, new { fields = new[] { "know" } });
        Assert.Equal("The team's.\n\nAda's.\n\nBen's.", (string?)both["values"]!["know"]);
        Assert.Equal([team.Ada.Id, team.Ben.Id], both.FieldOf("know")["gatheredFrom"]!.AsArray().Select(c => (Guid)c!["personId"]!));
        // Edited by hand it keeps them, emptied it does not.
        var edited = await team.AsBen.AnsweredAsync(team.Sheet, both.ETag(), ("know", "In one sentence."));
        Assert.Equal(2, edited.FieldOf("know")["gatheredFrom"]!.AsArray().Count);
        var emptied = await team.AsBen.AnsweredAsync(team.Sheet, edited.ETag(), ("know", null));
        Assert.Empty(emptied.FieldOf("know")["gatheredFrom"]!.AsArray());
    }

    [Fact]
    public async Task Replacing_the_teams_answer_has_to_be_asked_for_on_what_was_read()
    {
        var team = await api.NewTeamAsync();
        var read = await team.AsAda.AnsweredAsync(team.Sheet, "*", ("know", "The team's."));
        await ShareAsync(team, team.AsAda, ("know", "Ada's."));
        var replace = new { mode = "replace", personIds = new[] { team.Ada.Id } };

        await (await team.AsBen.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/gather", replace)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await team.AsBen.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/gather", replace, "\"0\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var replaced = await (await team.AsBen.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/gather", replace, read.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("Ada's.", (string?)replaced["values"]!["know"]);
    }

    [Fact]
    public async Task What_cannot_be_gathered()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.AnsweredAsync(team.Sheet, "*", ("know", new string('t', 15_000)));
        await ShareAsync(team, team.AsAda, ("know", new string('a', 15_000)));
        Task<HttpResponseMessage> Gather(object body) => team.AsBen.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/gather", body);

        await (await Gather(new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "worksheet.too_long_to_gather");
        await (await Gather(new { personIds = new[] { Guid.CreateVersion7() } })).ExpectProblemAsync(HttpStatusCode.Conflict, "worksheet.unknown_people");
        await (await Gather(new { fields = new[] { "nothing" } })).ExpectFaultAsync("/fields/nothing", "worksheet.unknown_field");
        await (await Gather(new { fields = Array.Empty<string>() })).ExpectFaultAsync("/fields", "value.length");
        Assert.Equal(new string('t', 15_000), (string?)(await team.AsBen.ReadAsync(team.Sheet))["values"]!["know"]);
    }

    private static async Task ShareAsync(Team team, HttpClient member, params (string Field, string? Text)[] values)
    {
        await member.AnsweredAsync($"{team.Sheet}/mine", "*", values);
        await (await member.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/mine/share", null, "*")).ExpectAsync(HttpStatusCode.OK);
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> GatherAsync(Team team, object body) =>
        await (await team.AsBen.SendJsonAsync(HttpMethod.Post, $"{team.Sheet}/gather", body)).ExpectAsync(HttpStatusCode.OK);
}
