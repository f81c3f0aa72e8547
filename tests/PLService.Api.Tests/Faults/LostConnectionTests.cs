using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PLService.Api.Tests.Infrastructure;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.Faults;

/// <summary>Connections to PostgreSQL end amid the work: callers who repeat a request under its key lose nothing and double nothing.</summary>
[Collection(FaultCollection.Name)]
public sealed class LostConnectionTests(FaultRig rig)
{
    private const int Callers = 4;
    private const int Each = 50;
    private const int Strikes = 6;
    private const int MaxAttempts = 6_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("terminated by an operator")]
    [InlineData("killed with signal 9")]
    public async Task Backends_that_die_under_load_cost_nobody_more_than_a_503(string how)
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);
        var done = 0;

        var callers = Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; i < Each; i++)
            {
                await CreateAsync(service, client, $"{caller}-{i}");
                Interlocked.Increment(ref done);
            }
        }).ToList();
        for (var strike = 1; strike <= Strikes; strike++)
        {
            // Spread over the work, not over the time.
            while (Volatile.Read(ref done) < Callers * Each * strike / (Strikes + 1) && !callers.Exists(c => c.IsFaulted))
                await Task.Delay(5, Ct);
            await StrikeAsync(database, how);
        }

        await Task.WhenAll(callers);
        var names = Enumerable.Range(0, Callers).SelectMany(caller => Enumerable.Range(0, Each).Select(i => $"{caller}-{i}"));
        Assert.Equal(names.Order(StringComparer.Ordinal), (await database.AskAsync<string>("select name from pls.organization", Ct)).Order(StringComparer.Ordinal));
        Assert.Equal([(long)Callers * Each], await database.AskAsync<long>("select count(*) from pls.audit_event where action = 'organization.created'", Ct));
        Assert.Equal(1, service.Starts);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_by_the_repetition()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var link = new DatabaseLink(rig.Server.Port);
        await using var service = await rig.StartServiceAsync(database with { App = link.Through(database.App) }, Ct);
        using var client = await service.ClientAsync(Ct);

        for (var i = 0; i < 5; i++)
        {
            link.CutAtNextCommit();
            using var lost = await SendAsync(client, $"cut-{i}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.StatusCode);
            Assert.Equal(i + 1, link.Cuts);
            Assert.Equal([1L], await database.AskAsync<long>("select count(*) from pls.organization where name = $1", Ct, $"cut-{i}"));

            var found = await CreateAsync(service, client, $"cut-{i}");

            Assert.Equal([found.Id()], await database.AskAsync<Guid>("select id from pls.organization where name = $1", Ct, $"cut-{i}"));
        }
    }

    private static async Task StrikeAsync(FaultDatabase database, string how)
    {
        const string Backends = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        if (how.StartsWith("terminated", StringComparison.Ordinal))
        {
            await database.AskAsync<bool>($"select pg_terminate_backend(pid) {Backends}", Ct);
            return;
        }

        // PostgreSQL ends all others and recovers when one is killed, so that the next strike may find it not yet back.
        for (var attempt = 0; ; attempt++)
        {
            Assert.True(attempt < MaxAttempts, "No backend of the service is there to be killed.");
            try
            {
                var pid = await database.AskAsync<int>($"select pid {Backends} and application_name = 'plservice' limit 1", Ct);
                if (pid is [var one])
                {
                    Processes.Signal(one, Processes.SigKill);
                    return;
                }
            }
            catch (NpgsqlException)
            {
                // Not back yet.
            }

            await Task.Delay(50, Ct);
        }
    }

    // Again and again under one key, as long as the answer says to.
    private static async Task<JsonObject> CreateAsync(ServiceProcess service, HttpClient client, string name)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var response = await SendAsync(client, name);
            if (response.StatusCode is HttpStatusCode.Created)
                return await response.ExpectAsync(HttpStatusCode.Created);
            Assert.True(response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable, $"{response}\n{service.Output}");
            if (response.StatusCode is HttpStatusCode.Conflict)
                await response.ExpectProblemAsync(HttpStatusCode.Conflict, "idempotency.still_running");
            else
                await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "server.database_unavailable");
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.True(attempt < MaxAttempts, $"{name} is never created.");
            await Task.Delay(50, Ct);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string name) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "district", name }, idempotencyKey: name);
}
