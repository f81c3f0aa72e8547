using System.Diagnostics;
using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>PostgreSQL is killed and stays away for a while: the service lives on, says so, and is back by itself.</summary>
[Collection(FaultCollection.Name)]
public sealed class DatabaseAwayTests(FaultRig rig)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_lives_says_that_it_is_not_ready_refuses_with_Retry_After_and_recovers_without_a_restart()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);
        using var probe = service.Anonymous();
        var kept = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Kept" });
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(probe, stop.Token);

        await rig.Server.KillAsync();
        // The very first answer after the kill: the probe itself gives up after a second, on a machine of any speed.
        var clock = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ServiceProcess.StatusAsync(probe, "/readyz", Ct));
        TestContext.Current.TestOutputHelper?.WriteLine($"/readyz said 503 after {clock.ElapsedMilliseconds} ms");
        for (var i = 0; i < 10; i++)
        {
            await RefusedAsync(await client.GetAsync($"/v1/organizations/{kept.Id()}", Ct));
            await RefusedAsync(await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "district", name = "Lost" }, idempotencyKey: $"lost-{i}"));
        }

        await rig.Server.RestartAsync(Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"ready again after {(await service.WaitReadyAsync(Limit, Ct)).TotalMilliseconds:F0} ms");
        Assert.Equal("Kept", (string?)(await client.ReadAsync($"/v1/organizations/{kept.Id()}"))["name"]);
        var (first, again) = (await CreateAsync(client), await CreateAsync(client));

        Assert.Equal(first.Id(), again.Id());
        Assert.Equal(["Found", "Kept"], await database.AskAsync<string>("select name from pls.organization order by name", Ct));
        await stop.CancelAsync();
        var lived = await watching;
        Assert.NotEmpty(lived);
        Assert.All(lived, answer => Assert.Equal(HttpStatusCode.OK, answer));
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> CreateAsync(HttpClient client) =>
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "district", name = "Found" }, idempotencyKey: "lost-0")).ExpectAsync(HttpStatusCode.Created);

    private static async Task RefusedAsync(HttpResponseMessage response)
    {
        await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "server.database_unavailable");
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    private static async Task<List<HttpStatusCode?>> WatchAsync(HttpClient probe, CancellationToken stop)
    {
        var answers = new List<HttpStatusCode?>();
        while (!stop.IsCancellationRequested)
        {
            answers.Add(await ServiceProcess.StatusAsync(probe, "/livez", Ct));
            await Task.Delay(50, CancellationToken.None);
        }

        return answers;
    }
}
