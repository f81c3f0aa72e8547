using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>
/// An import of 100,000 ratings during which the service or PostgreSQL is killed, at points spread over its whole length: whatever was
/// accepted completes by itself and is there exactly once; what was not accepted is sent again with the same key, as a client would.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class ImportKillTests(FaultRig rig)
{
    private const int Points = 10;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_is_killed_at_ten_points_of_an_import()
    {
        var file = new FaultFile(Seed());
        // Two lanes, each a process with a database of its own: most of the time is spent waiting for a lease to end.
        var lanes = await Task.WhenAll(
            RunLaneAsync(file, Enumerable.Range(0, Points).Where(p => p % 2 == 0), KillServiceAsync),
            RunLaneAsync(file, Enumerable.Range(0, Points).Where(p => p % 2 == 1), KillServiceAsync));

        Assert.Equal(Points, lanes.Sum());

        static async Task KillServiceAsync(ServiceProcess service)
        {
            await service.KillAsync(Ct);
            await service.StartAsync(Ct);
        }
    }

    [Fact]
    public async Task PostgreSQL_is_killed_at_ten_points_of_an_import()
    {
        var struck = await RunLaneAsync(new FaultFile(Seed()), Enumerable.Range(0, Points), async service =>
        {
            await rig.Server.KillAsync();
            await rig.Server.RestartAsync(Ct);
            await service.WaitReadyAsync(Recovery, Ct);
        });

        Assert.Equal(Points, struck);
    }

    private static int Seed()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return seed;
    }

    // Gives how many points struck an import that had not ended.
    private async Task<int> RunLaneAsync(FaultFile file, IEnumerable<int> points, Func<ServiceProcess, Task> strike)
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);
        await FaultFile.PrepareAsync(client);

        // The first import of a process is slower than the rest, and after each kill the next is a first one.
        var clock = Stopwatch.StartNew();
        Assert.NotNull(await SendAsync(client, file, "undisturbed"));
        await CompletedAsync(client, database, "undisturbed");
        var whole = clock.Elapsed;
        await file.AssertStoredOnceAsync(database, "undisturbed", Ct);

        var struck = 0;
        foreach (var point in points)
        {
            // What ended sooner than expected is tried again, a little earlier.
            for (var (attempt, delay) = (0, whole * ((point + 0.5) / Points)); attempt < 4; attempt++, delay *= 0.6)
            {
                var round = $"point-{point}-{attempt}";
                if (await StrikeAsync(service, client, database, file, round, delay, strike))
                {
                    struck++;
                    break;
                }
            }
        }

        var again = await client.ImportAsync(FaultFile.Query("undisturbed"), file.Bytes);
        Assert.Equal(("0/0/2000", $"0/0/{FaultFile.Rows}"), (again["receipt"]!.AsObject().Of("responses"), again["receipt"]!.AsObject().Of("ratings")));
        return struck;
    }

    private static async Task<bool> StrikeAsync(
        ServiceProcess service, HttpClient client, FaultDatabase database, FaultFile file, string round, TimeSpan delay, Func<ServiceProcess, Task> strike)
    {
        var sending = SendAsync(client, file, round);
        await Task.Delay(delay, Ct);
        var before = await StateAsync(database, round);
        await strike(service);
        if (await sending is null)
            Assert.NotNull(await SendAsync(client, file, round));

        var clock = Stopwatch.StartNew();
        await CompletedAsync(client, database, round);
        Assert.True(clock.Elapsed < Recovery, $"The import of {round} took {clock.Elapsed} to complete.");
        await file.AssertStoredOnceAsync(database, round, Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{round}: struck after {delay.TotalMilliseconds:F0} ms ({before}), complete {clock.Elapsed.TotalSeconds:F1} s after the service was ready");
        return before is not "completed";
    }

    private static async Task<string> StateAsync(FaultDatabase database, string round) =>
        (await database.AskAsync<string>("select status from pls.import where options ->> 'round' = $1", Ct, round)).SingleOrDefault() ?? "not accepted";

    /// <summary>Sends the file under the key of its round; null when no answer came, or one that says to try again.</summary>
    private static async Task<JsonObject?> SendAsync(HttpClient client, FaultFile file, string round)
    {
        try
        {
            using var response = await client.SendFileAsync(FaultFile.Query(round), new ByteArrayContent(file.Bytes), idempotencyKey: round);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                Assert.IsType<RetryConditionHeaderValue>(response.Headers.RetryAfter);
                return null;
            }

            return await response.ExpectAsync(HttpStatusCode.Accepted);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Asked over HTTP and of the job as well: between the end of the import and that of its job it can be killed, too.
    private static async Task CompletedAsync(HttpClient client, FaultDatabase database, string round)
    {
        var id = (await database.AskAsync<Guid>("select id from pls.import where options ->> 'round' = $1", Ct, round)).Single();
        var import = await client.EndOfAsync(id);
        Assert.True((string?)import["status"] == "completed", import.ToString());
        while ((string?)(await client.ReadAsync($"/v1/jobs/{import["jobId"]}"))["status"] is "running" or "queued")
            await Task.Delay(50, Ct);
    }
}
