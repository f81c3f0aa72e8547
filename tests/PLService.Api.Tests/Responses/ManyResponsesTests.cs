using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Responses;

/// <summary>Responses that arrive at one moment are stored together, and each is answered as if it had come by itself.</summary>
public sealed class ManyResponsesTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const int Rounds = 20;
    private static readonly string[] LevelCodes = ["green", "yellow", "red", "dont-know"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_gets_its_own_answer_and_what_is_stored_and_on_record_is_what_was_answered()
    {
        var named = await api.OpenAssessmentAsync();
        var other = await api.OpenAssessmentAsync();
        var sibling = await named.SiblingAsync();
        var within = named.Tenant.Within(named.DistrictId);
        await named.Client.PublishAsync(TestInstruments.TwoAxes());
        var twoAxes = await AssessmentAsync(named, "two-axes");
        var strict = await AssessmentAsync(named, "pulse", roles: ["teacher"]);
        var anonymous = await AssessmentAsync(named, "pulse", mode: "anonymous");
        var closed = await AssessmentAsync(named, "pulse");
        await (await named.Client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{closed}/close", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        await named.RespondAsync("taken", null, ("A.1", "yellow"));
        var wanted = Enumerable.Range(0, Rounds).SelectMany(i => (Wanted[])
        [
            new(named.Client, named.Id, $"p-{i}", null, i),
            new(within, named.Id, $"w-{i}", "teacher", i, Submit: true),
            new(within, strict, $"p-{i}", "teacher", i),
            new(named.Client, twoAxes, $"p-{i}", null, i, OneItem: true),
            new(named.Client, anonymous, null, null, i),
            new(other.Client, other.Id, $"p-{i}", null, i),
            new(named.Client, anonymous, $"p-{i}", null, i, Refusal: AssessmentErrors.KeyNotTaken.Code),
            new(named.Client, named.Id, "taken", null, i, Refusal: AssessmentErrors.KeyTaken.Code),
            new(named.Client, closed, $"p-{i}", null, i, Refusal: AssessmentErrors.NotOpen.Code),
            new(within, strict, $"r-{i}", "parent", i, Refusal: AssessmentErrors.UnknownRole.Code),
            new(sibling, named.Id, $"s-{i}", null, i, Refusal: "assessment.not_found"),
            new(other.Client, named.Id, $"o-{i}", null, i, Refusal: "assessment.not_found"),
        ]).ToList();

        var answers = await Task.WhenAll(wanted.Select(async want => (Want: want, Response: await SendAsync(want))));

        var made = new Dictionary<Guid, Wanted>();
        foreach (var (want, response) in answers)
        {
            if (want.Refusal is { } code)
                await response.ExpectProblemAsync(code == "assessment.not_found" ? HttpStatusCode.NotFound : HttpStatusCode.Conflict, code);
            else
                made.Add((await response.ExpectAsync(HttpStatusCode.Created)).Id(), want);
        }

        var ours = await StoredRightAsync(named.Tenant, made, also: 1);
        var theirs = await StoredRightAsync(other.Tenant, made, also: 0);
        Assert.Equal(made.Count, ours.Rows + theirs.Rows);
        // Otherwise this has shown nothing of what it is about.
        Assert.True(ours.Transactions < ours.Rows / 2, $"{ours.Rows} responses came in {ours.Transactions} transactions.");
    }

    [Fact]
    public async Task Of_many_with_one_key_one_is_stored()
    {
        var assessment = await api.OpenAssessmentAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync(new Wanted(assessment.Client, assessment.Id, $"p-{i % 4}", null, i))));

        Assert.Equal(4, answers.Count(answer => answer.StatusCode is HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
            await refused.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.KeyTaken.Code);
        Assert.Equal(["p-0", "p-1", "p-2", "p-3"], await assessment.Tenant.StoredAsync(db => db.Responses.Select(r => r.ParticipantKey).Order().ToListAsync()));
        Assert.Equal(4, await assessment.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "response.created")));
    }

    /// <summary>The ratings of a response follow from its number.</summary>
    private static async Task<HttpResponseMessage> SendAsync(Wanted want)
    {
        var ratings = want.OneItem
            ? new JsonObject { ["A.1"] = new JsonObject { ["priority"] = want.Number % 2 == 0 ? "low" : "high" } }
            : new JsonObject { ["A.1"] = LevelCodes[want.Number % 4], ["B.1"] = LevelCodes[want.Number / 4 % 4] };
        return await want.Client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{want.AssessmentId}/responses", new
        {
            participantKey = want.Key,
            role = want.Role,
            ratings,
            comments = new Dictionary<string, string> { ["A.1"] = $"comment {want.Number}", ["B.1"] = "b" }.Where(c => !want.OneItem || c.Key == "A.1").ToDictionary(),
            submit = want.Submit,
        });
    }

    private static short?[] LevelsOf(Wanted want) =>
        want.OneItem ? [null, (short)(want.Number % 2)] : [(short)(want.Number % 4), null, (short)(want.Number / 4 % 4)];

    // Every stored response is one that was answered with 201 (and `also` others), says what was sent, and has one audit event of its own.
    private static async Task<(int Rows, int Transactions)> StoredRightAsync(TestTenant tenant, Dictionary<Guid, Wanted> made, int also)
    {
        var stored = await tenant.StoredAsync(db => db.Responses.AsNoTracking().ToListAsync(Ct));
        var events = await tenant.StoredAsync(db => db.AuditEvents.AsNoTracking().Where(a => a.Action == "response.created").ToListAsync(Ct));
        Assert.Equal(stored.Select(r => r.Id).Order(), events.Select(e => e.ResourceId).Order());
        var answered = stored.Where(r => made.ContainsKey(r.Id)).ToList();
        Assert.Equal(stored.Count - also, answered.Count);
        foreach (var row in answered)
        {
            var want = made[row.Id];
            Assert.Equal((want.AssessmentId, want.Key ?? row.ParticipantKey, want.Role), (row.AssessmentId, row.ParticipantKey, row.Role));
            Assert.Equal(LevelsOf(want), row.Levels);
            Assert.Equal($"comment {want.Number}", (string?)JsonNode.Parse(row.Comments!)!["A.1"]);
            Assert.Equal(want.Submit ? ResponseStatus.Submitted : ResponseStatus.InProgress, row.Status);
            Assert.Equal((row.CreatedAt, want.Submit ? row.CreatedAt : null, 1L), (row.RatedAt, row.SubmittedAt, row.Version));
        }

        Assert.All(events, e => Assert.Equal(("response", true, true), (e.ResourceType, e.ApiClientId is not null, e.OrganizationId is not null)));
        Assert.Equal(events.Count, events.Select(e => e.TraceId).Distinct().Count());
        return (answered.Count, events.Select(e => e.TransactionId).Distinct().Count());
    }

    private static async Task<Guid> AssessmentAsync(TestAssessment beside, string instrument, string mode = "named", string[]? roles = null) =>
        (await beside.Client.CreateAsync("/v1/assessments", new
        {
            organizationId = beside.DistrictId,
            instrument = new { code = instrument },
            round = "2026-fall",
            mode,
            roles,
            open = true,
        })).Id();

    private sealed record Wanted(
        HttpClient Client, Guid AssessmentId, string? Key, string? Role, int Number, bool Submit = false, bool OneItem = false, string? Refusal = null);
}
