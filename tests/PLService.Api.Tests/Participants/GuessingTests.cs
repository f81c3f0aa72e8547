using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>Ten thousand guesses, from one address and from many.</summary>
public sealed class GuessingTests
{
    private const int Guesses = 10_000;
    private const int PerAddress = 30;
    private const int InTotal = 300;

    /// <summary>Wrong codes that slip through because they are being looked up at the same time.</summary>
    private const int AtATime = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_finds_nothing_and_holds_nobody_else_up()
    {
        await using var api = await Api.StartAsync(pauseSeconds: 60);
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var opened = await assessment.OpenJoiningAsync();

        var answers = await GuessAsync(api, _ => "127.0.0.1", (string)opened["code"]!);

        Assert.Equal(0, answers.GetValueOrDefault(HttpStatusCode.OK));
        Assert.InRange(answers[HttpStatusCode.NotFound], PerAddress, PerAddress + AtATime);
        Assert.Equal(Guesses, answers[HttpStatusCode.NotFound] + answers[HttpStatusCode.TooManyRequests]);
        // From there not even the right one, so that a pause tells nothing; the link does not wait; others notice nothing.
        using var there = From(api, "127.0.0.1");
        var paused = await there.SendJsonAsync(HttpMethod.Post, "/v1/join/start", new { code = (string?)opened["code"] });
        await paused.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "join_code.too_many_guesses");
        Assert.InRange(paused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 500, 600);
        await (await there.SendJsonAsync(HttpMethod.Post, "/v1/join/start", new { link = ((string)opened["link"]!).Split('#')[1] })).ExpectAsync(HttpStatusCode.OK);
        using var other = From(api, "127.0.0.2");
        await (await other.SendJsonAsync(HttpMethod.Post, "/v1/join/start", new { code = (string?)opened["code"] })).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_addresses_find_nothing_and_after_the_pause_the_right_code_works()
    {
        await using var api = await Api.StartAsync(pauseSeconds: 2);
        var assessment = await api.OpenAssessmentAsync("anonymous");
        var opened = await assessment.OpenJoiningAsync();

        var answers = await GuessAsync(api, i => $"127.0.{1 + (i % 10)}.{1 + (i % 200)}", (string)opened["code"]!);

        // The pause may end while guesses come in, and doubles then: two or three times as many, not ten thousand.
        Assert.Equal(0, answers.GetValueOrDefault(HttpStatusCode.OK));
        Assert.InRange(answers[HttpStatusCode.NotFound], InTotal, 5 * (InTotal + AtATime));
        Assert.Equal(Guesses, answers[HttpStatusCode.NotFound] + answers[HttpStatusCode.TooManyRequests]);
        using var other = From(api, "127.0.99.1");
        await (await other.SendJsonAsync(HttpMethod.Post, "/v1/join/start", new { link = ((string)opened["link"]!).Split('#')[1] })).ExpectAsync(HttpStatusCode.OK);
        for (HttpResponseMessage answer; (answer = await other.SendJsonAsync(HttpMethod.Post, "/v1/join/start", new { code = (string?)opened["code"] })).StatusCode != HttpStatusCode.OK;)
        {
            await answer.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "join_code.too_many_guesses");
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 64);
            await Task.Delay(answer.Headers.RetryAfter.Delta.Value, Ct);
        }
    }

    private static async Task<IReadOnlyDictionary<HttpStatusCode, int>> GuessAsync(ApiServer api, Func<int, string> addressOf, string right)
    {
        var clients = new ConcurrentDictionary<string, HttpClient>();
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        await Parallel.ForAsync(0, Guesses, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (i, ct) =>
        {
            var code = JoinCode.Draw();
            if (code == right)
                code = "222222";
            using var answer = await clients.GetOrAdd(addressOf(i), address => From(api, address)).SendJsonAsync(HttpMethod.Post, i % 2 == 0 ? "/v1/join" : "/v1/join/start", new { code });
            answers.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
        });
        foreach (var client in clients.Values)
            client.Dispose();
        return answers;
    }

    // Every address of 127.0.0.0/8 is this machine.
    private static HttpClient From(ApiServer api, string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = api.Address,
    };

    private sealed class Api(int pauseSeconds) : ApiServer
    {
        protected override string[] Settings =>
            [$"Access:WrongCodesPauseSeconds={pauseSeconds}", $"Access:WrongCodesPerAddress={PerAddress}", $"Access:WrongCodes={InTotal}"];

        public static async Task<Api> StartAsync(int pauseSeconds)
        {
            var api = new Api(pauseSeconds);
            await api.InitializeAsync();
            return api;
        }
    }
}
