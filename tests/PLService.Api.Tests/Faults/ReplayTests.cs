using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Faults;

/// <summary>The same request many times at once and after a crash has one effect and one answer.</summary>
[Collection(FaultCollection.Name)]
public sealed class ReplayTests(FaultRig rig)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_parallel_requests_with_one_key_make_one_organization_and_the_answer_survives_kill_9()
    {
        var database = await rig.NewDatabaseAsync(Ct);
        await using var service = await rig.StartServiceAsync(database, Ct);
        using var client = await service.ClientAsync(Ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => UntilAnsweredAsync(client, "Cedar")));
        await service.KillAsync(Ct);
        await service.StartAsync(Ct);
        var replayed = await UntilAnsweredAsync(client, "Cedar");

        Assert.Single(answers.Append(replayed).Distinct());
        Assert.Equal([1L], await database.AskAsync<long>("select count(*) from pls.organization", Ct));
        Assert.Equal([1L], await database.AskAsync<long>("select count(*) from pls.audit_event where action = 'organization.created'", Ct));
        var other = await SendAsync(client, "Birch");
        await other.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency.key_reused");
    }

    // While the first one runs the others are asked to come again.
    private static async Task<string> UntilAnsweredAsync(HttpClient client, string name)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var response = await SendAsync(client, name);
            if (response.StatusCode is not HttpStatusCode.Conflict)
                return (await response.ExpectAsync(HttpStatusCode.Created)).ToJsonString() + response.Headers.Location;
            await response.ExpectProblemAsync(HttpStatusCode.Conflict, "idempotency.still_running");
            await Task.Delay(20, Ct);
        }

        throw new TimeoutException("The first request never ended.");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string name) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "district", name }, idempotencyKey: "fifty");
}
