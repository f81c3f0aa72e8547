using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Responses;

/// <summary>Responses that are stored together do not depend on each other.</summary>
public sealed class ResponseQueueTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const int Others = 20;
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_cannot_be_stored_does_not_take_the_others_with_it()
    {
        var assessment = await api.OpenAssessmentAsync();
        var nul = new JsonObject { ["participantKey"] = "nul", ["comments"] = new JsonObject { ["A.1"] = "a\0b" } };

        var sent = await TogetherAsync(assessment, (i, key) => i % 7 == 3
            ? assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", nul)
            : CreateAsync(assessment, key));
        var answers = await Task.WhenAll(sent);

        for (var i = 0; i < Others; i++)
        {
            if (i % 7 == 3)
                await answers[i].ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid_characters");
            else
                await answers[i].ExpectAsync(HttpStatusCode.Created);
        }

        Assert.Equal(Enumerable.Range(0, Others).Where(i => i % 7 != 3).Select(i => $"p-{i:D2}"), await KeysAsync(assessment));
    }

    [Fact]
    public async Task One_that_has_to_wait_for_a_closing_does_not_keep_the_others_waiting()
    {
        var assessment = await api.OpenAssessmentAsync();
        var closing = (await assessment.Client.CreateAsync("/v1/assessments", new
        {
            organizationId = assessment.DistrictId,
            instrument = new { code = "pulse" },
            round = "2026-fall",
            mode = "named",
            open = true,
        })).Id();
        await using var connection = new NpgsqlConnection(api.Database.Admin);
        await connection.OpenAsync(Ct);
        await using var lockedBySomebody = await connection.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("select from pls.assessment where id = $1 for update", connection) { Parameters = { new() { Value = closing } } })
            await hold.ExecuteNonQueryAsync(Ct);

        var waiting = Enumerable.Range(0, 3).Select(i => assessment.Client.SendJsonAsync(
            HttpMethod.Post, $"/v1/assessments/{closing}/responses", new { participantKey = $"late-{i}" })).ToList();
        var answers = await Task.WhenAll(await TogetherAsync(assessment, (_, key) => CreateAsync(assessment, key)));

        foreach (var answer in answers)
            await answer.ExpectAsync(HttpStatusCode.Created);
        Assert.All(waiting, late => Assert.False(late.IsCompleted));
        await lockedBySomebody.RollbackAsync(Ct);
        foreach (var late in waiting)
            await (await late).ExpectAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task One_whose_key_somebody_else_is_about_to_take_does_not_keep_the_others_waiting()
    {
        var assessment = await api.OpenAssessmentAsync();
        await using var connection = new NpgsqlConnection(api.Database.Admin);
        await connection.OpenAsync(Ct);
        await using var unfinished = await connection.BeginTransactionAsync(Ct);
        await TakeKeyAsync(connection, assessment, "wanted");

        var waiting = CreateAsync(assessment, "wanted");
        var answers = await Task.WhenAll(await TogetherAsync(assessment, (_, key) => CreateAsync(assessment, key)));

        foreach (var answer in answers)
            await answer.ExpectAsync(HttpStatusCode.Created);
        Assert.False(waiting.IsCompleted);
        await unfinished.RollbackAsync(Ct);
        await (await waiting).ExpectAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_takes_nobody_with_him()
    {
        var assessment = await api.OpenAssessmentAsync();
        using var impatient = new CancellationTokenSource();

        var sent = await TogetherAsync(
            assessment, (i, key) => i % 5 == 0 ? HangUpAsync(assessment, key, impatient) : CreateAsync(assessment, key), meanwhile: impatient.Cancel);

        for (var i = 0; i < Others; i++)
        {
            if (i % 5 != 0)
                await (await sent[i]).ExpectAsync(HttpStatusCode.Created);
            else if (!sent[i].IsCompletedSuccessfully)
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent[i]);
        }

        // What he sent may have been stored or not, and if it was, it is on record.
        var keys = await KeysAsync(assessment);
        Assert.Subset(keys.ToHashSet(), Enumerable.Range(0, Others).Where(i => i % 5 != 0).Select(i => $"p-{i:D2}").ToHashSet());
        Assert.Equal(await assessment.Tenant.StoredAsync(db => db.Responses.CountAsync(Ct)), await assessment.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "response.created", Ct)));
        await (await CreateAsync(assessment, "after")).ExpectAsync(HttpStatusCode.Created);
    }

    // One before them waits in the database for a moment, so that they come while it is under way.
    private async Task<List<Task<HttpResponseMessage>>> TogetherAsync(TestAssessment assessment, Func<int, string, Task<HttpResponseMessage>> send, Action? meanwhile = null)
    {
        await using var connection = new NpgsqlConnection(api.Database.Admin);
        await connection.OpenAsync(Ct);
        await using var unfinished = await connection.BeginTransactionAsync(Ct);
        await TakeKeyAsync(connection, assessment, "first");
        var first = CreateAsync(assessment, "first");
        await Task.Delay(Arrival, Ct);
        var sent = Enumerable.Range(0, Others).Select(i => send(i, $"p-{i:D2}")).ToList();
        await Task.Delay(Arrival, Ct);
        meanwhile?.Invoke();
        await unfinished.RollbackAsync(Ct);
        await (await first).ExpectAsync(HttpStatusCode.Created);
        return sent;
    }

    private static async Task TakeKeyAsync(NpgsqlConnection connection, TestAssessment assessment, string key)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into pls.response (tenant_id, id, assessment_id, participant_key, levels, status, created_at, updated_at)
            values ($1, gen_random_uuid(), $2, $3, '{}', 'inProgress', now(), now())
            """, connection)
        { Parameters = { new() { Value = assessment.Tenant.Id }, new() { Value = assessment.Id }, new() { Value = key } } };
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static Task<HttpResponseMessage> CreateAsync(TestAssessment assessment, string key) =>
        assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/responses", new { participantKey = key, ratings = new Dictionary<string, string> { ["A.1"] = "green" } });

    private static async Task<HttpResponseMessage> HangUpAsync(TestAssessment assessment, string key, CancellationTokenSource stop)
    {
        using var body = new StringContent($$"""{"participantKey":"{{key}}"}""", System.Text.Encoding.UTF8, "application/json");
        return await assessment.Client.PostAsync(assessment.Address + "/responses", body, stop.Token);
    }

    private static Task<List<string>> KeysAsync(TestAssessment assessment) => assessment.Tenant.StoredAsync(db =>
        db.Responses.Where(r => r.AssessmentId == assessment.Id && r.ParticipantKey.StartsWith("p-")).Select(r => r.ParticipantKey).Order().ToListAsync(Ct));
}
