using System.Diagnostics;
using System.Net;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>
/// PostgreSQL says that its disk is full. It is a trigger that says so, because a small disk can be mounted by root alone; what the service
/// makes of it is the same.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class StorageFullTests(FaultRig rig)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_refused_for_a_while_reads_go_on_and_an_import_goes_on_by_itself_when_there_is_room()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);
        await FaultFile.PrepareAsync(client);
        var file = new FaultFile(4);
        await database.RunAsync(
            """
            create function public.no_room() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = 'disk_full'; end $$;
            create trigger no_room before insert on pls.organization for each row execute function public.no_room();
            create trigger no_room before insert on pls.response for each row when (new.participant_key = 'p-199') execute function public.no_room()
            """,
            Ct);

        using var sent = await client.SendFileAsync(FaultFile.Query("full"), new ByteArrayContent(file.Bytes));
        var import = (await sent.ExpectAsync(HttpStatusCode.Accepted)).Id();
        using var refused = await CreateAsync(client);
        await refused.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "server.database_unavailable");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        for (var clock = Stopwatch.StartNew(); (await database.AskAsync<int>("select attempts from pls.job", Ct)).Single() < 2; await Task.Delay(50, Ct))
            Assert.True(clock.Elapsed < Limit, "The import is not tried again.");
        Assert.Equal(10, (await client.ReadAsync("/v1/organizations"))["items"]!.AsArray().Count);
        Assert.Equal([0L], await database.AskAsync<long>("select count(*) from pls.response", Ct));

        await database.RunAsync("drop trigger no_room on pls.organization; drop trigger no_room on pls.response", Ct);
        await (await CreateAsync(client)).ExpectAsync(HttpStatusCode.Created);
        Assert.Equal("completed", (string?)(await client.EndOfAsync(import))["status"]);
        await file.AssertStoredOnceAsync(database, "full", Ct);
    }

    private static Task<HttpResponseMessage> CreateAsync(HttpClient client) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "district", name = "Oak" }, idempotencyKey: "oak");
}
