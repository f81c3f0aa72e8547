using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Access;

/// <summary>Grants are remembered, and yet no change of them is ever late.</summary>
public sealed class GrantCacheTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly IReadOnlyList<Grant> Grants = [new(Role.Viewer, null)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_counts_in_every_process()
    {
        await using var second = await api.StartAnotherAsync();
        await ListensAsync(second.Services);
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var person = await tenant.NewPersonAsync();
        var role = (await client.GiveRoleAsync(person.Id, "viewer")).Id();
        using var elsewhere = new HttpClient { BaseAddress = new Uri(second.Urls.Single()) };
        elsewhere.DefaultRequestHeaders.Authorization = tenant.As(person).DefaultRequestHeaders.Authorization;

        var cache = second.Services.GetRequiredService<GrantCache>();
        await AnswersAsync(HttpStatusCode.OK);
        await HeardAsync(cache, person, () => client.SendJsonAsync(HttpMethod.Delete, $"/v1/memberships/{role}", null, "*"));
        await AnswersAsync(HttpStatusCode.Forbidden);
        await HeardAsync(cache, person, () => client.GiveAsync(person.Id, "viewer"));
        await AnswersAsync(HttpStatusCode.OK);
        await HeardAsync(cache, person, () => client.TurnAsync(person.Id, "deactivate"));
        await AnswersAsync(HttpStatusCode.Unauthorized);

        async Task AnswersAsync(HttpStatusCode wanted) => Assert.Equal(wanted, (await elsewhere.GetAsync("/v1/organizations", Ct)).StatusCode);
    }

    [Fact]
    public async Task Whoever_cannot_hear_remembers_nothing_and_listens_again()
    {
        var cache = api.Services.GetRequiredService<GrantCache>();
        await ListensAsync(api.Services);
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, null));
        var me = tenant.As(person);
        await me.ReadAsync("/v1/organizations");

        var before = cache.Changes(person.Id);
        await using (var connection = new NpgsqlConnection(api.Database.App))
        {
            await connection.OpenAsync(Ct);
            await using var end = new NpgsqlCommand(
                "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = current_database() and query = 'listen plservice_grants'", connection);
            Assert.True((long?)await end.ExecuteScalarAsync(Ct) > 0);
        }

        await UntilAsync(() => cache.Changes(person.Id) > before, "The connection is gone, and nobody has noticed.");
        // Told to nobody: as another process would that this one does not hear.
        Assert.Equal(1, await tenant.StoredAsync(db => db.Memberships.Where(m => m.PersonId == person.Id).ExecuteDeleteAsync(Ct)));
        await (await me.GetAsync("/v1/organizations", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await ListensAsync(api.Services);
    }

    [Fact]
    public void What_changes_while_it_is_read_is_not_remembered()
    {
        var cache = new GrantCache(TimeProvider.System) { Hears = true };
        var person = CallerIdentity.Person(Guid.NewGuid(), Guid.NewGuid(), null);

        Remember(cache, person);
        Assert.Same(Grants, cache.Find(person));
        cache.Forget(person.PersonId!.Value);
        Assert.Null(cache.Find(person));

        var before = cache.Changes(person.PersonId.Value);
        cache.Forget(person.PersonId.Value);
        cache.Remember(person, Grants, before, null);
        Assert.Null(cache.Find(person));

        Remember(cache, person);
        cache.Forget();
        Assert.Null(cache.Find(person));
        Remember(cache, person);
        cache.Hears = false;
        Remember(cache, person);
        Assert.Null(cache.Find(person));
        cache.Hears = true;
        Assert.Null(cache.Find(person));
    }

    [Theory]
    // Until it is five seconds old, until a day may begin somewhere, until the session ends.
    [InlineData("2026-11-29T10:00:00Z", null, 4.9, 5)]
    [InlineData("2026-11-29T10:14:58Z", null, 1.9, 2)]
    [InlineData("2026-11-29T10:00:00Z", "2026-11-29T10:00:03Z", 2.9, 3)]
    public void It_is_remembered_for_a_few_seconds_at_most(string at, string? sessionEnds, double held, double gone)
    {
        var clock = new SetClock { Now = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) };
        var cache = new GrantCache(clock) { Hears = true };
        var person = CallerIdentity.Person(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Remember(cache, person, sessionEnds is null ? null : DateTimeOffset.Parse(sessionEnds, CultureInfo.InvariantCulture));

        var start = clock.Now;
        clock.Now = start + TimeSpan.FromSeconds(held);
        Assert.Same(Grants, cache.Find(person));
        // Each session by itself.
        Assert.Null(cache.Find(person with { SessionId = Guid.NewGuid() }));
        clock.Now = start + TimeSpan.FromSeconds(gone);
        Assert.Null(cache.Find(person));
    }

    private static void Remember(GrantCache cache, CallerIdentity person, DateTimeOffset? end = null) =>
        cache.Remember(person, Grants, cache.Changes(person.PersonId!.Value), end);

    private static Task ListensAsync(IServiceProvider services) => UntilAsync(() => services.GetRequiredService<GrantCache>().Hears, "Nobody listens.");

    /// <summary>Makes a change, and waits until its news has arrived.</summary>
    private static async Task HeardAsync(GrantCache cache, Person person, Func<Task<HttpResponseMessage>> change)
    {
        var before = cache.Changes(person.Id);
        Assert.True((await change()).IsSuccessStatusCode);
        await UntilAsync(() => cache.Changes(person.Id) > before, "The news has not arrived.");
    }

    private static async Task UntilAsync(Func<bool> holds, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), otherwise);
            await Task.Delay(20, Ct);
        }
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
