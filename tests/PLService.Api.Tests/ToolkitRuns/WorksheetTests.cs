using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.ToolkitRuns;

public sealed class WorksheetTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_worksheet_has_every_field_and_version_0()
    {
        var team = await api.NewTeamAsync();

        var sheet = await team.AsAda.ReadAsync(team.Sheet);

        Assert.Equal((0L, 0), ((long)sheet["version"]!, sheet["values"]!.AsObject().Count));
        Assert.Equal(["expect", "know", "want", "next"], sheet["fields"]!.AsArray().Select(field => (string?)field!["key"]));
        Assert.Equal(("imageOrText", "nextSteps"), ((string?)sheet.FieldOf("expect")["answer"], (string?)sheet.FieldOf("next")["collects"]));
    }

    [Fact]
    public async Task Two_who_change_different_fields_at_once_lose_nothing()
    {
        var team = await api.NewTeamAsync();
        var read = await team.AsAda.ReadAsync(team.Sheet);

        await team.AsAda.AnsweredAsync(team.Sheet, read.ETag(), ("know", "Ada's."));
        var merged = await team.AsBen.AnsweredAsync(team.Sheet, read.ETag(), ("want", "Ben's."));

        Assert.Equal(("Ada's.", "Ben's.", 2L), ((string?)merged["values"]!["know"], (string?)merged["values"]!["want"], (long)merged["version"]!));
        Assert.Equal((team.Ada.Id, 1L), ((Guid)merged.FieldOf("know")["changedBy"]!["personId"]!, (long)merged.FieldOf("know")["version"]!));
        Assert.Equal((team.Ben.Id, 2L), ((Guid)merged.FieldOf("want")["changedBy"]!["personId"]!, (long)merged.FieldOf("want")["version"]!));
        Assert.Equal(2, (await team.Tenant.ActionsAsync()).Count(action => action == "worksheet.changed"));
    }

    [Fact]
    public async Task Two_who_change_one_field_both_learn_what_the_other_wrote_and_nothing_is_lost()
    {
        var team = await api.NewTeamAsync();
        var read = await team.AsAda.AnsweredAsync(team.Sheet, "\"0\"", ("know", "Before."), ("want", "Much."));
        await team.AsAda.AnsweredAsync(team.Sheet, read.ETag(), ("know", "Ada's."));

        var refused = await (await team.AsBen.AnswerAsync(team.Sheet, read.ETag(), ("know", "Ben's."), ("next", "Ben's too."))).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "worksheet.fields_changed");

        var clash = Assert.Single(refused["clashes"]!.AsArray())!;
        Assert.Equal(("know", "Before.", "Ada's.", "Ben's."), ((string?)clash["field"], (string?)clash["base"], (string?)clash["theirs"], (string?)clash["mine"]));
        Assert.Equal((1L, 2L, team.Ada.Id, team.Ada.Name), ((long)clash["baseVersion"]!, (long)clash["theirVersion"]!, (Guid)clash["changedBy"]!, (string?)clash["changedByName"]));
        Assert.Equal(2L, (long)refused["currentVersion"]!);
        var now = await team.AsBen.ReadAsync(team.Sheet);
        Assert.Equal(("Ada's.", null), ((string?)now["values"]!["know"], (string?)now["values"]!["next"]));
        // Having decided, Ben sends it on what there is.
        var settled = await team.AsBen.AnsweredAsync(team.Sheet, now.ETag(), ("know", "Ada's and Ben's."), ("next", "Ben's too."));
        Assert.Equal(("Ada's and Ben's.", "Much."), ((string?)settled["values"]!["know"], (string?)settled["values"]!["want"]));
    }

    [Fact]
    public async Task The_same_change_sent_again_changes_nothing_and_clashes_with_nothing()
    {
        var team = await api.NewTeamAsync();
        var first = await team.AsAda.AnsweredAsync(team.Sheet, "\"0\"", ("know", "Mine."));

        var again = await team.AsAda.AnsweredAsync(team.Sheet, "\"0\"", ("know", "Mine."));

        Assert.Equal((long)first["version"]!, (long)again["version"]!);
        Assert.Equal(1, await team.Tenant.StoredAsync(db => db.WorksheetChanges.CountAsync(Ct)));
    }

    [Fact]
    public async Task Twenty_who_change_different_fields_at_the_same_moment_lose_nothing()
    {
        var team = await api.NewTeamAsync();
        await team.Tenant.PlantFrameworkAsync("twenty", [.. Enumerable.Range(0, 20).Select(i => ($"S{i}", $"Standard {i}"))]);
        var document = TestToolkits.Document("twenty-fields");
        document["tools"]![0]!["parts"]![1]!["fields"]![1]!["perStandardOf"] = "twenty";
        await team.Everything.PublishToolkitAsync(document);
        var run = await team.Everything.CreateAsync("/v1/toolkit-runs", new
        {
            toolkit = new { code = "twenty-fields" },
            organizationId = team.District,
            teamName = "Many",
            teamKind = "districtTeam",
            members = new[] { new { personId = team.Ada.Id }, new { personId = team.Ben.Id } },
        });
        var sheet = $"/v1/toolkit-runs/{run.Id()}/worksheets/1";

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            for (var round = 0; round < 3; round++)
                await (i % 2 == 0 ? team.AsAda : team.AsBen).AnsweredAsync(sheet, round == 0 ? "\"0\"" : "*", ($"know/S{i}", $"Answer {i}.{round}"));
        }));

        var all = await team.AsAda.ReadAsync(sheet);
        Assert.Equal(60L, (long)all["version"]!);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"Answer {i}.2"), Enumerable.Range(0, 20).Select(i => (string?)all["values"]![$"know/S{i}"]));
        Assert.Equal("S7", (string?)all.FieldOf("know/S7")["standard"]!["code"]);
        Assert.Equal(60, await team.Tenant.StoredAsync(db => db.WorksheetChanges.CountAsync(Ct)));
        // The page of a standard finds what the team wrote of it.
        Assert.Equal(20, await team.Tenant.StoredAsync(db => db.StandardReferences.CountAsync(r => r.ResourceType == "worksheet" && r.FrameworkCode == "twenty" && r.Address == sheet, Ct)));
    }

    [Fact]
    public async Task Of_two_who_write_one_field_at_the_same_moment_one_is_told()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.AnsweredAsync(team.Sheet, "\"0\"", ("know", "Before."));

        var answers = await Task.WhenAll(team.AsAda.AnswerAsync(team.Sheet, "\"1\"", ("know", "Ada's.")), team.AsBen.AnswerAsync(team.Sheet, "\"1\"", ("know", "Ben's.")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.StatusCode).Order());
        var refused = await answers.Single(answer => answer.StatusCode is HttpStatusCode.PreconditionFailed).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "worksheet.fields_changed");
        Assert.Equal(["Ada's.", "Ben's."], new[] { (string?)refused["clashes"]![0]!["theirs"], (string?)refused["clashes"]![0]!["mine"] }.Order());
    }

    [Fact]
    public async Task History_has_every_value_with_who_and_when_and_an_old_one_comes_back()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.AnsweredAsync(team.Sheet, "*", ("know", "One."), ("want", "Other."));
        await team.AsBen.AnsweredAsync(team.Sheet, "*", ("know", "Two."));
        await team.AsBen.AnsweredAsync(team.Sheet, "*", ("know", null));

        var history = await team.AsAda.ReadAsync($"{team.Sheet}/history?field=know&count=true&limit=2");
        Assert.Equal((3, 2), ((int)history["count"]!, history["items"]!.AsArray().Count));
        var rest = await team.AsAda.ReadAsync($"{team.Sheet}/history?field=know&limit=2&cursor={history["nextCursor"]}");
        var values = history["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => ((string?)item!["text"], (Guid)item["changedBy"]!["personId"]!)).ToList();
        Assert.Equal([(null, team.Ben.Id), ("Two.", team.Ben.Id), ("One.", team.Ada.Id)], values);
        Assert.Null(rest["nextCursor"]);

        var restored = await team.AsAda.AnsweredAsync(team.Sheet, "\"3\"", ("know", "One."));
        Assert.Equal("One.", (string?)restored["values"]!["know"]);
        Assert.Equal(5, (await team.AsAda.ReadAsync($"{team.Sheet}/history?limit=500"))["items"]!.AsArray().Count);
        await (await team.AsAda.GetAsync($"{team.Sheet}/history?cursor=WyJ4Il0", Ct)).ExpectFaultAsync("?cursor", "cursor.unknown");
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_with_its_place()
    {
        var team = await api.NewTeamAsync();

        await (await team.AsAda.SendJsonAsync(HttpMethod.Patch, team.Sheet, new { values = new { know = "?" } })).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await team.AsAda.AnswerAsync(team.Sheet, "\"5\"", ("know", "?"))).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await team.AsAda.AnswerAsync(team.Sheet, "\"new\"", ("know", "?"))).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await team.AsAda.AnswerAsync(team.Sheet, "*", ("a/b", "?"))).ExpectFaultAsync("/values/a~1b", "worksheet.unknown_field");
        await (await team.AsAda.AnswerAsync(team.Sheet, "*", ("know", new string('x', 20_001)))).ExpectFaultAsync("/values/know", "value.too_long");
        await (await team.AsAda.AnswerAsync(team.Sheet, "*", ("know", "a\u0001b"))).ExpectFaultAsync("/values/know", "value.invalid");
        await (await team.AsAda.AnswerAsync($"{team.Run}/worksheets/9", "*", ("know", "?"))).ExpectProblemAsync(HttpStatusCode.NotFound, "tool.not_found");
        await (await team.AsAda.AnswerAsync($"/v1/toolkit-runs/{Guid.CreateVersion7()}/worksheets/1", "*", ("know", "?"))).ExpectProblemAsync(HttpStatusCode.NotFound, "toolkit_run.not_found");
        Assert.Equal(0, await team.Tenant.StoredAsync(db => db.Worksheets.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_change_of_nothing_leaves_no_worksheet_behind()
    {
        var team = await api.NewTeamAsync();

        var sheet = await team.AsAda.AnsweredAsync(team.Sheet, "\"0\"", ("know", ""));

        Assert.Equal(0L, (long)sheet["version"]!);
        Assert.Equal(0, await team.Tenant.StoredAsync(db => db.Worksheets.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_trail_tells_which_fields_were_changed_and_none_of_the_words()
    {
        var team = await api.NewTeamAsync();
        await team.AsAda.AnsweredAsync(team.Sheet, "*", ("know", "Something private"));

        var details = await team.Tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "worksheet.changed").Select(e => e.Detail).ToListAsync(Ct));

        Assert.Contains("know", Assert.Single(details), StringComparison.Ordinal);
        Assert.DoesNotContain("private", details[0], StringComparison.Ordinal);
    }
}
