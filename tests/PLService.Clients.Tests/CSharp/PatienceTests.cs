using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using PLService.Client;

namespace PLService.Clients.Tests.CSharp;

/// <summary>Retries and tokens against a service that answers what it is told to.</summary>
public sealed class PatienceTests
{
    private static readonly object Tenant = new { id = Guid.NewGuid(), slug = "t", name = "T", minimumGroupSize = 5, localAccounts = true, accessRequests = true, version = 1 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Busy_answers_are_tried_again_after_the_time_that_they_name()
    {
        using var service = new Scripted(Busy("0"), Answer(429, new { }, "1"), Answer(200, Tenant));
        using var client = service.Connect();
        var watch = Stopwatch.StartNew();

        Assert.Equal("T", (await client.GetTenantAsync(Ct)).Name);

        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(1));
        Assert.Equal(3, service.Asked.Count);
    }

    [Fact]
    public async Task Tries_are_bounded_and_the_last_refusal_is_told()
    {
        using var service = new Scripted(Busy("0"), Busy("0"), Busy("0"));
        using var client = service.Connect(options => options with { MaxTries = 3 });

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() => client.GetTenantAsync(Ct));

        Assert.Equal(("server.database_unavailable", TimeSpan.Zero), (problem.Code, problem.RetryAfter));
        Assert.Equal(3, service.Asked.Count);
    }

    [Fact]
    public async Task A_service_that_asks_for_more_patience_than_there_is_is_not_asked_again()
    {
        using var service = new Scripted(Busy("120"));
        using var client = service.Connect();

        var problem = await Assert.ThrowsAsync<ApiProblemException>(() => client.GetTenantAsync(Ct));

        Assert.Equal(TimeSpan.FromSeconds(120), problem.RetryAfter);
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task A_post_gets_a_key_and_keeps_it_over_all_tries()
    {
        using var service = new Scripted(Lost(), Busy("0"), Answer(409, new { }, "0"), Answer(201, new { name = "Alder" }));
        using var client = service.Connect();

        await client.CreateOrganizationAsync(new() { Kind = OrganizationKind.School, Name = "Alder" }, cancellationToken: Ct);

        Assert.Equal(4, service.Asked.Count);
        Assert.NotNull(Assert.Single(service.Asked.Select(one => one.Key).Distinct()));
        Assert.Single(service.Asked.Select(one => one.Body).Distinct());
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_kept_waiting()
    {
        using var service = new Scripted(Busy("30"));
        using var client = service.Connect();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetTenantAsync(patience.Token));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_a_timeout()
    {
        using var service = new Scripted(async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            throw new UnreachableException();
        });
        using var client = service.Connect(options => options with { Timeout = TimeSpan.FromMilliseconds(50), MaxTries = 1 });

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetTenantAsync(Ct));
    }

    [Fact]
    public async Task Many_requests_share_one_token_which_is_renewed_once_when_it_is_refused()
    {
        var issued = 0;
        var refuse = false;
        using var service = new Scripted(request => request switch
        {
            { Path: "/base/oauth/token" } => Token($"token-{Interlocked.Increment(ref issued)}"),
            { Authorization: "Bearer token-1" } when refuse => Answer(401, new { }),
            _ => Answer(200, Tenant),
        });
        using var client = service.Connect(options => options with { GetToken = null, ClientId = "id", ClientSecret = "s:1" });

        await client.GetTenantAsync(Ct);
        refuse = true;
        await Task.WhenAll(client.GetTenantAsync(Ct), client.GetTenantAsync(Ct), client.GetTenantAsync(Ct));

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("id:s%3A1")), service.Asked[0].Authorization);
        Assert.Equal(2, service.Asked.Count(one => one.Path == "/base/oauth/token"));
        Assert.Equal(3, service.Asked.Count(one => one.Authorization == "Bearer token-2"));
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        using var service = new Scripted(Token("first", 1), Answer(200, Tenant), Token("second"), Answer(200, Tenant));
        using var client = service.Connect(options => options with { GetToken = null, ClientId = "id", ClientSecret = "s" });

        await client.GetTenantAsync(Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(600), Ct);
        await client.GetTenantAsync(Ct);

        Assert.Equal("Bearer second", service.Asked[^1].Authorization);
    }

    [Fact]
    public async Task A_proxys_page_is_a_problem_too()
    {
        using var service = new Scripted(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<h1>Bad gateway</h1>") }));
        using var client = service.Connect();

        Assert.Equal("http.502", (await Assert.ThrowsAsync<ApiProblemException>(() => client.GetTenantAsync(Ct))).Code);
    }

    [Fact]
    public async Task A_member_that_an_older_service_does_not_send_is_no_failure()
    {
        using var service = new Scripted(Answer(200, new { name = "T", somethingNew = 1 }));
        using var client = service.Connect();

        Assert.Equal("T", (await client.GetTenantAsync(Ct)).Name);
    }

    private static Func<CancellationToken, Task<HttpResponseMessage>> Answer(int status, object body, string? retryAfter = null) => _ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = JsonContent.Create(body) };
        if (retryAfter is not null)
            response.Headers.Add("Retry-After", retryAfter);
        return Task.FromResult(response);
    };

    private static Func<CancellationToken, Task<HttpResponseMessage>> Busy(string retryAfter) =>
        Answer(503, new { code = "server.database_unavailable", detail = "The database cannot be reached." }, retryAfter);

    private static Func<CancellationToken, Task<HttpResponseMessage>> Lost() => _ => throw new HttpRequestException("connection reset");

    private static Func<CancellationToken, Task<HttpResponseMessage>> Token(string text, int seconds = 900) =>
        Answer(200, new { access_token = text, token_type = "Bearer", expires_in = seconds, scope = "" });

    private sealed record Request(string Path, string? Key, string? Authorization, string? Body);

    /// <summary>Answers as told, and remembers what it was asked.</summary>
    private sealed class Scripted(Func<Request, Func<CancellationToken, Task<HttpResponseMessage>>> answer) : HttpMessageHandler
    {
        private readonly Lock _lock = new();

        public Scripted(params Func<CancellationToken, Task<HttpResponseMessage>>[] inThisOrder)
            : this(TakeOneByOne(inThisOrder))
        {
        }

        public List<Request> Asked { get; } = [];

        public PLServiceClient Connect(Func<PLServiceClientOptions, PLServiceClientOptions>? with = null)
        {
            var options = new PLServiceClientOptions
            {
                BaseAddress = new Uri("http://pl.test/base"),
                GetToken = (_, _) => ValueTask.FromResult("t"),
                Handler = this,
            };
            return PLServiceClient.Connect(with?.Invoke(options) ?? options);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;
            var asked = new Request(request.RequestUri!.AbsolutePath, key, request.Headers.Authorization?.ToString(), body);
            lock (_lock)
                Asked.Add(asked);
            return await answer(asked)(cancellationToken);
        }

        private static Func<Request, Func<CancellationToken, Task<HttpResponseMessage>>> TakeOneByOne(Func<CancellationToken, Task<HttpResponseMessage>>[] answers)
        {
            var queue = new Queue<Func<CancellationToken, Task<HttpResponseMessage>>>(answers);
            return _ => queue.Dequeue();
        }
    }
}
