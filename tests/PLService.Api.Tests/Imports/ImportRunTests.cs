using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>The course of an import: accepted, watched, cancelled, repeated, listed.</summary>
public sealed class ImportRunTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly List<Rating> One = [new(ImportWorld.Cedar, "p-1", "A.1", "green")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_Prefer_wait_the_end_comes_with_the_answer()
    {
        var world = await ImportWorld.MakeAsync(api);

        using var response = await world.Client.SendFileAsync(ImportWorld.Query + "&fileName=fall.csv", new StringContent(world.Csv(One)), prefer: "respond-async, wait=60");
        var import = await response.ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("completed", "fall.csv", "csv"), ((string?)import["status"], (string?)import["fileName"], (string?)import["format"]));
        Assert.Equal("1/0/0", import["receipt"]!.AsObject().Of("ratings"));
    }

    [Fact]
    public async Task While_it_runs_its_progress_can_be_read_and_it_can_be_cancelled()
    {
        var world = await ImportWorld.MakeAsync(api);
        await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(One));
        List<Rating> changed = [One[0] with { Level = "red" }];
        Guid id;

        // Somebody else holds the assessment, so that the import waits before it stores.
        await using (var other = new NpgsqlConnection(api.Database.Admin))
        {
            await other.OpenAsync(Ct);
            await using var hold = new NpgsqlCommand($"begin; select from pls.assessment where tenant_id = '{world.Tenant.Id}' for update", other);
            await hold.ExecuteNonQueryAsync(Ct);
            using var response = await world.Client.SendFileAsync(ImportWorld.Query, new StringContent(world.Csv(changed)));
            var accepted = await response.ExpectAsync(HttpStatusCode.Accepted);
            id = accepted.Id();
            System.Text.Json.Nodes.JsonObject running;
            do
                running = await world.Client.ReadAsync($"/v1/imports/{id}");
            while ((string?)running["step"] is not "storing");
            Assert.Equal(("running", (long)running["sizeBytes"]!), ((string?)running["status"], (long)running["bytesDone"]!));
            Assert.Equal("import running", (await world.Client.ReadAsync($"/v1/jobs/{running["jobId"]}")) is var job ? $"{job["kind"]} {job["status"]}" : "");
            await (await world.Client.GetAsync($"/v1/imports/{id}/error-file", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "import.not_ended");

            await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/imports/{id}/cancel")).ExpectAsync(HttpStatusCode.OK);
            Assert.Equal("cancelled", (string?)(await world.Client.EndOfAsync(id))["status"]);
        }

        await world.AssertStoredAsync(One);
        await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/imports/{id}/cancel")).ExpectProblemAsync(HttpStatusCode.Conflict, "job.already_ended");
    }

    [Fact]
    public async Task Fifty_parallel_requests_with_one_key_are_one_import_and_another_file_is_refused()
    {
        var world = await ImportWorld.MakeAsync(api);
        var text = world.Csv(One);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await world.Client.SendFileAsync(ImportWorld.Query, new StringContent(text), idempotencyKey: "fifty");
            return (await response.ExpectAsync(HttpStatusCode.Accepted)).Id();
        }));

        var id = Assert.Single(answers.Distinct());
        Assert.Equal("completed", (string?)(await world.Client.EndOfAsync(id))["status"]);
        Assert.Equal((1, 1, 1), await world.Tenant.StoredAsync(async db => (await db.Imports.CountAsync(Ct), await db.Jobs.CountAsync(Ct), await db.Responses.CountAsync(Ct))));
        foreach (var (query, body) in new[] { (ImportWorld.Query, text + "\n"), (ImportWorld.Query + "&dryRun=true", text) })
        {
            using var other = await world.Client.SendFileAsync(query, new StringContent(body), idempotencyKey: "fifty");
            await other.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
        }

        using var tooLong = await world.Client.SendFileAsync(ImportWorld.Query, new StringContent(text), idempotencyKey: new string('k', 256));
        await tooLong.ExpectProblemAsync(HttpStatusCode.BadRequest, "idempotency.bad_key");
    }

    [Fact]
    public async Task Imports_are_listed_newest_first_and_a_wrong_request_is_refused_before_the_file_is_read()
    {
        var world = await ImportWorld.MakeAsync(api);
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add((await world.Client.ImportAsync(ImportWorld.Query + (i == 1 ? "" : "&dryRun=true"), world.Csv(One))).Id());
        var failed = await world.Client.ImportAsync(ImportWorld.Query, "nothing");

        var first = await world.Client.ReadAsync("/v1/imports?limit=2&status=completed");
        var second = await world.Client.ReadAsync($"/v1/imports?limit=2&status=completed&cursor={first["nextCursor"]}");

        Assert.Equal(Enumerable.Reverse(ids), first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => (Guid)i!["id"]!));
        Assert.Equal(failed.Id(), (Guid)(await world.Client.ReadAsync("/v1/imports?status=failed"))["items"]!.AsArray().Single()!["id"]!);
        foreach (var query in new[] { "", "kind=nonsense", "kind=readinessRatings&round=", "kind=readinessRatings&timeZone=Mars/Base", "kind=readinessRatings&colour=red", "kind=readinessRatings&windowOpens=2026-10-02&windowCloses=2026-10-01" })
        {
            using var refused = await world.Client.SendFileAsync(query, new StringContent("x"));
            Assert.True(refused.StatusCode is HttpStatusCode.BadRequest, $"{query}: {(int)refused.StatusCode}");
        }

        Assert.Equal(4, await world.Tenant.StoredAsync(db => db.Imports.CountAsync(Ct)));
    }
}
