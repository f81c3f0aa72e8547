using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>
/// kill -9 at places spread over an import of 100,000 ratings, from its first byte to the end of its job: what was accepted completes by
/// itself and is there exactly once; what was not accepted is sent again with the same key, as a client would.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class ImportKillTests(FaultRig rig)
{
    // Each a process with a database of its own: most of the time passes until the lease of the dead ends.
    private const int Lanes = 4;

    // Far beyond what anything takes: a slow machine is no fault.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly FaultFile _file = new(Seed());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_is_killed_at_ten_places_of_an_import() => await StrikeAsync(ImportPlace.All.Where((_, i) => i % 2 == 0), async lanes =>
    {
        await Task.WhenAll(lanes.Select(lane => lane.Service.KillAsync(Ct)));
        await OpenAsync(lanes);
        await Task.WhenAll(lanes.Select(lane => lane.Service.StartAsync(Ct)));
    });

    [Fact]
    public async Task PostgreSQL_is_killed_at_twenty_places_of_an_import()
    {
        var processes = await StrikeAsync(ImportPlace.All, async lanes =>
        {
            await rig.Server.KillAsync();
            await OpenAsync(lanes);
            await rig.Server.RestartAsync(Ct);
        });

        // Each of them came back to PostgreSQL without being started again.
        Assert.All(processes, process => Assert.Equal((1, false), (process.Starts, process.HasExited)));
    }

    private static int Seed()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return seed;
    }

    private async Task<IReadOnlyList<ServiceProcess>> StrikeAsync(IEnumerable<ImportPlace> all, Func<Lane[], Task> strike)
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => OpenLaneAsync()));
        try
        {
            foreach (var places in all.Chunk(Lanes))
            {
                var struck = lanes.Take(places.Length).ToArray();
                await Task.WhenAll(struck.Zip(places, BeginAsync));
                await strike(struck);
                await Task.WhenAll(struck.Select(EndAsync));
            }

            foreach (var lane in lanes)
            {
                var again = await lane.Client.ImportAsync(FaultFile.Query(lane.Round), _file.Bytes);
                Assert.Equal(("0/0/2000", $"0/0/{FaultFile.Rows}"), (again["receipt"]!.AsObject().Of("responses"), again["receipt"]!.AsObject().Of("ratings")));
            }

            return [.. lanes.Select(lane => lane.Service)];
        }
        finally
        {
            foreach (var lane in lanes)
                lane.Client.Dispose();
        }
    }

    private async Task<Lane> OpenLaneAsync()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        var service = await rig.StartServiceAsync(database, Ct);
        var client = await service.ClientAsync(Ct);
        await FaultFile.PrepareAsync(client);
        await ImportGate.PlantAsync(database, Ct);
        return new Lane(database, service, client);
    }

    // Sends the file and waits until its import stands where it shall be struck.
    private async Task BeginAsync(Lane lane, ImportPlace place)
    {
        lane.Round = place.ToString();
        lane.Gate = await ImportGate.ShutAsync(lane.Database, place, Ct);
        lane.Sending = SendAsync(lane.Client, lane.Round);
        await lane.Gate.ReachedAsync(Limit, Ct);
    }

    private static async Task OpenAsync(IEnumerable<Lane> lanes)
    {
        foreach (var lane in lanes)
            await lane.Gate!.DisposeAsync();
    }

    private async Task EndAsync(Lane lane)
    {
        var clock = Stopwatch.StartNew();
        var id = await lane.Sending!;
        var import = await EndOfAsync(lane.Client, $"/v1/imports/{id}");
        Assert.True((string?)import["status"] == "completed", $"{lane.Round}: {import}\n{lane.Service.Output}");
        // Between the end of the import and that of its job it can be killed, too.
        Assert.Equal("succeeded", (string?)(await EndOfAsync(lane.Client, $"/v1/jobs/{import["jobId"]}"))["status"]);
        await _file.AssertStoredOnceAsync(lane.Database, lane.Round, Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{lane.Round}: complete after {clock.Elapsed.TotalSeconds:F1} s");
    }

    // Until it is accepted, under one key, as a client does.
    private async Task<Guid> SendAsync(HttpClient client, string round)
    {
        JsonObject? accepted = null;
        await RetryAsync(async () =>
        {
            using var response = await client.SendFileAsync(FaultFile.Query(round), new ByteArrayContent(_file.Bytes), idempotencyKey: round);
            if (!IsAway(response))
                accepted = await response.ExpectAsync(HttpStatusCode.Accepted);
            return accepted is not null;
        });
        return accepted!.Id();
    }

    private static async Task<JsonObject> EndOfAsync(HttpClient client, string address)
    {
        JsonObject? found = null;
        await RetryAsync(async () =>
        {
            using var response = await client.GetAsync(address, Ct);
            if (!IsAway(response))
                found = await response.ExpectAsync(HttpStatusCode.OK);
            return found is not null && (string?)found["status"] is not ("queued" or "running");
        });
        return found!;
    }

    // The only refusal that a kill may cause.
    private static bool IsAway(HttpResponseMessage response)
    {
        if (response.StatusCode is not HttpStatusCode.ServiceUnavailable)
            return false;
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        return true;
    }

    private static async Task RetryAsync(Func<Task<bool>> isDone)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, Ct))
        {
            try
            {
                if (await isDone())
                    return;
            }
            catch (HttpRequestException)
            {
                // Nobody is there, or whoever was there died amid the answer.
            }

            Assert.True(clock.Elapsed < Limit, $"Not done within {Limit}.");
        }
    }

    private sealed class Lane(FaultDatabase database, ServiceProcess service, HttpClient client)
    {
        public FaultDatabase Database => database;
        public ServiceProcess Service => service;
        public HttpClient Client => client;
        public ImportGate? Gate { get; set; }
        public Task<Guid>? Sending { get; set; }
        public string Round { get; set; } = "";
    }
}
