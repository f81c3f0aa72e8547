using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Access;

/// <summary>One client that asks too much waits; the others do not notice.</summary>
public sealed class RateLimitTests(RateLimitTests.Strict api) : IClassFixture<RateLimitTests.Strict>
{
    private const int Burst = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_too_much_is_429_with_Retry_After_and_others_are_served()
    {
        using HttpClient greedy = (await api.NewTenantAsync()).Everything(), modest = (await api.NewTenantAsync()).Everything();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * Burst).Select(_ => greedy.GetAsync("/v1/tenant", Ct)));

        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(answers.Length - refused.Count, Burst, (2 * Burst) - 1);
        Assert.All(answers.Except(refused), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in refused)
        {
            await answer.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "rate.limited");
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        Assert.Equal(HttpStatusCode.OK, (await modest.GetAsync("/v1/tenant", Ct)).StatusCode);
    }

    [Fact]
    public async Task After_the_time_named_it_is_served_again()
    {
        using var client = (await api.NewTenantAsync()).Everything();
        HttpResponseMessage answer;
        do
            answer = await client.GetAsync("/v1/tenant", Ct);
        while (answer.StatusCode is HttpStatusCode.OK);

        await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, Ct);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/tenant", Ct)).StatusCode);
    }

    /// <summary>A service that allows little.</summary>
    public sealed class Strict : ApiServer
    {
        protected override string[] Settings => [$"Access:RequestBurst={Burst}", "Access:RequestsPerSecond=10"];
    }
}
