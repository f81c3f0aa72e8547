using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Assessments;

/// <summary>Replace, delete, open, close, reopen, archive.</summary>
public sealed class AssessmentLifeTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static object Description(string round = "2026-fall", string mode = "named", string? externalId = null) =>
        new { title = "Changed", round, mode, roles = Array.Empty<string>(), externalId };

    [Fact]
    public async Task A_draft_is_described_anew()
    {
        var assessment = await api.AssessmentAsync(open: false);

        var changed = await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, Description("2027-spring", "anonymous", "X-1"), "\"1\"")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("Changed", "2027-spring", "anonymous", "X-1", 2), ((string?)changed["title"], (string?)changed["round"], (string?)changed["mode"], (string?)changed["externalId"], (int)changed["version"]!));
        Assert.Equal(changed.ToJsonString(), (await assessment.ReadAsync()).ToJsonString());
    }

    [Fact]
    public async Task Every_change_needs_the_version_that_was_read()
    {
        var assessment = await api.AssessmentAsync(open: false);

        foreach (var transition in (string[])["open", "close", "archive"])
        {
            await (await assessment.Client.SendJsonAsync(HttpMethod.Post, $"{assessment.Address}/{transition}")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
            var stale = await (await assessment.TransitionAsync(transition, ifMatch: "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
            Assert.Equal(1, (int)stale["currentVersion"]!);
        }

        await (await assessment.TransitionAsync("reopen", new { reason = "x" }, "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, Description(), "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await assessment.Client.SendJsonAsync(HttpMethod.Delete, assessment.Address, ifMatch: "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }

    [Fact]
    public async Task What_participants_were_promised_stays_once_it_is_open()
    {
        var assessment = await api.OpenAssessmentAsync();

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, Description(mode: "anonymous"), "*");

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.PromiseIsFrozen.Code);
        Assert.Equal("named", (string?)(await assessment.ReadAsync())["mode"]);
    }

    [Fact]
    public async Task A_closed_one_keeps_its_round_and_an_archived_one_everything()
    {
        var assessment = await api.OpenAssessmentAsync();
        await assessment.CloseAsync();
        await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, Description("other"), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.RoundIsFrozen.Code);

        var archived = await (await assessment.TransitionAsync("archive")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("archived", (string?)archived["status"]);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, Description(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.IsArchived.Code);
        await (await assessment.TransitionAsync("reopen", new { reason = "x" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotClosed.Code);
        await (await assessment.TransitionAsync("archive")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotClosed.Code);
    }

    [Fact]
    public async Task An_external_id_of_another_cannot_be_taken()
    {
        var assessment = await api.AssessmentAsync(open: false);
        await assessment.Client.CreateAsync("/v1/assessments", new { organizationId = assessment.DistrictId, instrument = new { code = "plsr" }, round = "r", externalId = "T-1" });

        var response = await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, Description(externalId: "T-1"), "*");

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ExternalIdTaken.Code);
    }

    [Fact]
    public async Task A_draft_can_be_deleted_and_an_open_one_not()
    {
        var draft = await api.AssessmentAsync(open: false);
        var open = await api.OpenAssessmentAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await draft.Client.SendJsonAsync(HttpMethod.Delete, draft.Address, ifMatch: "\"1\"")).StatusCode);
        await (await open.Client.SendJsonAsync(HttpMethod.Delete, open.Address, ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotDraft.Code);

        Assert.Equal(0, await draft.Tenant.StoredAsync(db => db.Assessments.CountAsync()));
        Assert.Equal(1, await open.Tenant.StoredAsync(db => db.Assessments.CountAsync()));
    }

    [Fact]
    public async Task It_opens_once_and_closes_only_when_open()
    {
        var assessment = await api.AssessmentAsync(open: false);
        await (await assessment.TransitionAsync("close")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);

        var opened = await (await assessment.TransitionAsync("open", ifMatch: "\"1\"")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("open", (string?)opened["status"]);
        await (await assessment.TransitionAsync("open")).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotDraft.Code);
    }

    [Fact]
    public async Task Reopening_keeps_the_reason_and_the_result_and_leaves_the_roll_ups()
    {
        var assessment = await api.OpenAssessmentAsync();
        await assessment.RespondAsync("a", null, ("A.1", "green"));
        await assessment.CloseAsync();
        Assert.Equal(2, await assessment.Tenant.StoredAsync(db => db.Rollups.CountAsync()));

        var reopened = await (await assessment.TransitionAsync("reopen", new { reason = "Two were late." })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("open", "Two were late.", 1), ((string?)reopened["status"], (string?)reopened["reopenReason"], (int)reopened["resultRevision"]!));
        Assert.Equal(0, await assessment.Tenant.StoredAsync(db => db.Rollups.CountAsync()));
        Assert.Equal(0, await assessment.Tenant.StoredAsync(db => db.AssessmentCounts.CountAsync()));
        Assert.Equal(1, await assessment.Tenant.StoredAsync(db => db.AssessmentResults.CountAsync()));
        await (await assessment.TransitionAsync("reopen", new { reason = "x" })).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotClosed.Code);
        await (await assessment.TransitionAsync("reopen", new { reason = "" })).ExpectFaultAsync("/reason", "value.required");
    }

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/open")]
    [InlineData("POST", "/close")]
    [InlineData("POST", "/reopen")]
    [InlineData("POST", "/archive")]
    public async Task What_cannot_be_reached_is_not_there(string method, string transition)
    {
        var assessment = await api.OpenAssessmentAsync();
        object? body = transition == "/reopen" ? new { reason = "x" } : method == "PUT" ? Description() : null;

        foreach (var client in (HttpClient[])[await assessment.SiblingAsync(), (await api.NewTenantAsync()).Everything()])
            await (await client.SendJsonAsync(new HttpMethod(method), assessment.Address + transition, body, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        Assert.Equal("open", (string?)(await assessment.ReadAsync())["status"]);
    }

    [Fact]
    public async Task Of_two_that_close_at_once_one_freezes_the_result()
    {
        var assessment = await api.OpenAssessmentAsync();
        await assessment.RespondAsync("a", null, ("A.1", "green"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => assessment.TransitionAsync("close")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await assessment.Tenant.StoredAsync(db => db.AssessmentResults.CountAsync()));
        Assert.Equal([1, 1], await assessment.Tenant.StoredAsync(db => db.Rollups.Select(r => r.Assessments).ToListAsync()));
    }
}
