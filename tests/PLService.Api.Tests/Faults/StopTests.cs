using System.Diagnostics;
using System.Net;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>An operator stops the service while it works.</summary>
[Collection(FaultCollection.Name)]
public sealed class StopTests(FaultRig rig)
{
    // Far beyond what anything takes: a slow machine is no fault.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SIGTERM_lets_a_request_under_way_end_and_gives_a_running_import_to_the_next_process()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);
        await FaultFile.PrepareAsync(client);
        var file = new FaultFile(3);
        Guid running, uploaded;

        await using (await database.HoldImportsAsync(Ct))
        {
            running = (await (await client.SendFileAsync(FaultFile.Query("running"), new ByteArrayContent(file.Bytes))).ExpectAsync(HttpStatusCode.Accepted)).Id();
            for (var clock = Stopwatch.StartNew(); (string?)(await client.ReadAsync($"/v1/imports/{running}"))["step"] is not "storing"; await Task.Delay(50, Ct))
                Assert.True(clock.Elapsed < Limit, "The import was not read.");
            var slow = new SlowContent(file.Bytes, TimeSpan.FromSeconds(3));
            var upload = client.SendFileAsync(FaultFile.Query("uploaded"), slow);
            await slow.Begun;
            service.Terminate();
            uploaded = (await (await upload).ExpectAsync(HttpStatusCode.Accepted)).Id();
            Assert.True(await service.EndsAsync(Limit), "It did not stop.");
            Assert.Equal(0, service.ExitCode);
        }

        await service.StartAsync(Ct);
        var clockOfNext = Stopwatch.StartNew();
        foreach (var id in new[] { running, uploaded })
            Assert.Equal("completed", (string?)(await client.EndOfAsync(id))["status"]);
        Assert.True(clockOfNext.Elapsed < Limit);
        await file.AssertStoredOnceAsync(database, "running", Ct);
        await file.AssertStoredOnceAsync(database, "uploaded", Ct);
    }

    /// <summary>Comes in two halves, with a pause between them.</summary>
    private sealed class SlowContent(byte[] bytes, TimeSpan pause) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The first half is sent.</summary>
        public Task Begun => _begun.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), Ct);
            await stream.FlushAsync(Ct);
            _begun.SetResult();
            await Task.Delay(pause, Ct);
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2), Ct);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
