using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Persistence.Jobs;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>Two processes on one database: what one of them leaves undone the other does, and never both.</summary>
[Collection(FaultCollection.Name)]
public sealed class TakeoverTests(FaultRig rig)
{
    // Far beyond what anything takes: a slow machine is no fault.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_process_is_taken_over_by_the_other_without_a_restart()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var first = await rig.StartServiceAsync(database, Ct);
        using var client = await first.ClientAsync(Ct);
        await FaultFile.PrepareAsync(client);
        var file = new FaultFile(1);

        Guid import;
        ServiceProcess second;
        await using (await database.HoldImportsAsync(Ct))
        {
            import = await BeginAsync(client, file, "killed");
            second = await rig.StartServiceAsync(database, Ct);
            await first.KillAsync(Ct);
        }

        await EndsAsync(second, import);
        await file.AssertStoredOnceAsync(database, "killed", Ct);
    }

    [Fact]
    public async Task A_process_that_was_frozen_beyond_its_lease_finds_its_work_taken_over_and_changes_nothing()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var first = await rig.StartServiceAsync(database, Ct);
        using var client = await first.ClientAsync(Ct);
        await FaultFile.PrepareAsync(client);
        var file = new FaultFile(2);

        Guid import;
        await using (await database.HoldImportsAsync(Ct))
        {
            import = await BeginAsync(client, file, "frozen");
            first.Freeze();
        }

        await using var second = await rig.StartServiceAsync(database, Ct);
        await TakenOverAsync(database, import);
        first.Thaw();

        await EndsAsync(second, import);
        await file.AssertStoredOnceAsync(database, "frozen", Ct);
        using var frozen = await first.ClientAsync(Ct);
        Assert.Equal("completed", (string?)(await frozen.ReadAsync($"/v1/imports/{import}"))["status"]);
    }

    // Sends the file and waits until it is read and only has to be stored.
    private static async Task<Guid> BeginAsync(HttpClient client, FaultFile file, string round)
    {
        using var response = await client.SendFileAsync(FaultFile.Query(round), new ByteArrayContent(file.Bytes));
        var import = (await response.ExpectAsync(HttpStatusCode.Accepted)).Id();
        for (var clock = Stopwatch.StartNew(); (string?)(await client.ReadAsync($"/v1/imports/{import}"))["step"] is not "storing"; await Task.Delay(100, Ct))
            Assert.True(clock.Elapsed < Recovery, "The import was not read.");
        return import;
    }

    private static async Task TakenOverAsync(FaultDatabase database, Guid import)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, Ct))
        {
            if ((await database.AskAsync<int>("select attempts from pls.job where resource_id = $1", Ct, import)).Single() > 1)
                return;
            Assert.True(clock.Elapsed < JobQueue.Lease + Recovery, "Nobody took the job over.");
        }
    }

    private static async Task EndsAsync(ServiceProcess service, Guid import)
    {
        using var client = await service.ClientAsync(Ct);
        var clock = Stopwatch.StartNew();
        var ended = await client.EndOfAsync(import);
        Assert.True((string?)ended["status"] == "completed", ended.ToString());
        Assert.True(clock.Elapsed < Recovery, $"It took {clock.Elapsed}.");
        JsonObject job;
        do
            job = await client.ReadAsync($"/v1/jobs/{ended["jobId"]}");
        while ((string?)job["status"] is "running" or "queued");
        Assert.Equal("succeeded", (string?)job["status"]);
    }
}
