using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>One address can guess only so often, whatever it guesses at.</summary>
public sealed class SignInLimitTests(SignInLimitTests.Strict api) : IClassFixture<SignInLimitTests.Strict>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_tries_too_often_waits_and_everything_else_goes_on()
    {
        using var client = api.Anonymous();
        var guess = new { tenant = "no-such-tenant", email = "a@example.org", password = "guess" };

        var statuses = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
            statuses.Add(await client.SendJsonAsync(HttpMethod.Post, "/v1/sign-in", guess));

        await statuses[0].ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        await statuses[^1].ExpectProblemAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.True(statuses[^1].Headers.RetryAfter?.Delta > TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1", Ct)).StatusCode);
    }

    public sealed class Strict : ApiServer
    {
        protected override string[] Settings => ["Access:SignInsPerMinute=3"];
    }
}
