using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Domain.Jobs;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing;
using PLService.Api.Mailing.Digests;
using PLService.Api.Mailing.Reminding;
using PLService.Api.Persistence.Jobs;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Mailing;

namespace PLService.Api.Tests.Reminding;

/// <summary>The service with a mail server, as it runs: workers, recurring jobs and delivery.</summary>
public sealed class SweepingServer : ApiServerWithMail
{
    protected override string[] Settings => [.. base.Settings, "Mail:SweepMinutes=1"];
}

/// <summary>Work that recurs: planned once however many look, done by whoever claims it, and waiting for its next time.</summary>
public sealed class RecurringJobTests(SweepingServer api) : IClassFixture<SweepingServer>
{
    private static readonly string[] Kinds = [RemindersHandler.JobKind, DigestsHandler.JobKind, MailPurge.JobKind];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reminder_goes_from_the_sweep_to_the_mailbox_in_Spanish()
    {
        // Wherever it is midday now, it is after eight and before midnight.
        var offset = 12 - DateTimeOffset.UtcNow.Hour;
        var zone = offset == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{(offset > 0 ? "-" : "+")}{Math.Abs(offset)}");
        var closesOn = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime).AddDays(3);
        var assessment = await api.ClosingAsync(closesOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), zone: zone);
        var people = await assessment.InviteAsync(2);
        await (await assessment.Tenant.As(people[0]).SendJsonAsync(HttpMethod.Patch, "/v1/me", new { language = "es-MX", name = "Ana Gómez" }, "*")).ExpectAsync(HttpStatusCode.OK);

        await PlanAsync();

        var got = Assert.Single(await api.Smtp.ReceiveAsync(people[0].Email!));
        Assert.Equal(("Readiness 2027 cierra en 3 días", "Ana Gómez"), ((string?)got["subject"], (string?)got["headerTo"]!["name"]));
        Assert.Contains($"el último día es {MailLanguage.Spanish.Date(closesOn)}.", (string?)got["text"], StringComparison.Ordinal);
        Assert.Contains($"http://plservice.test/assessments/{assessment.Id}", (string?)got["text"], StringComparison.Ordinal);
        Assert.Contains("<html lang=\"es\">", (string?)got["html"], StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", got.Header("list-unsubscribe-post"));
        Assert.Equal("Readiness 2027 closes in 3 days", (string?)Assert.Single(await api.Smtp.ReceiveAsync(people[1].Email!))["subject"]);
        await assessment.Tenant.AwaitAllAsync(MailStatus.Sent, 2);
        await AwaitWaitingAsync(assessment.Tenant);
        Assert.Equal(2, api.Smtp.Mails.Count(mail => people.Any(person => (string?)mail["to"]![0] == person.Email)));
    }

    [Fact]
    public async Task Every_tenant_has_one_job_of_each_kind_however_many_plan()
    {
        var tenant = await api.NewTenantAsync();
        await using var other = await api.StartAnotherAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? api.Services : other.Services).GetRequiredService<JobPlanner>().PlanAsync(Kinds, Ct)));

        await AwaitWaitingAsync(tenant);
        Assert.Equal(0, await PlanAsync());
        // The same rows, run again.
        var before = await JobsAsync(tenant);
        await tenant.StoredAsync(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.RunAfter, DateTimeOffset.UtcNow.AddSeconds(-1)), Ct));
        await AwaitWaitingAsync(tenant);
        var after = await JobsAsync(tenant);
        Assert.Equal(before.Select(job => job.Id), after.Select(job => job.Id));
        Assert.All(after, job => Assert.Equal((JobStatus.Queued, 0, null), (job.Status, job.Attempts, job.ErrorCode)));
        Assert.All(before.Zip(after), pair => Assert.True(pair.First.Version < pair.Second.Version));
    }

    [Fact]
    public async Task One_that_was_cancelled_is_planned_anew()
    {
        var tenant = await api.NewTenantAsync();
        await PlanAsync();
        await AwaitWaitingAsync(tenant);
        var first = (await JobsAsync(tenant)).Single(job => job.Kind == DigestsHandler.JobKind).Id;

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{first}/cancel")).ExpectAsync(HttpStatusCode.OK);
        await AwaitAsync(tenant, jobs => jobs.Single(job => job.Id == first).Status is JobStatus.Cancelled);
        await PlanAsync();

        await AwaitAsync(tenant, jobs => jobs.Exists(job => job.Kind == DigestsHandler.JobKind && job.Id != first && job.Status is JobStatus.Queued && job.RunAfter > DateTimeOffset.UtcNow));
    }

    private Task<int> PlanAsync() => api.Services.GetRequiredService<JobPlanner>().PlanAsync(Kinds, Ct);

    private static Task<List<Job>> JobsAsync(TestTenant tenant) => tenant.StoredAsync(db => db.Jobs.AsNoTracking().Where(job => job.Recurs).OrderBy(job => job.Kind).ToListAsync(Ct));

    private static Task AwaitWaitingAsync(TestTenant tenant) => AwaitAsync(
        tenant, jobs => jobs.Count == Kinds.Length && jobs.TrueForAll(job => job.Status is JobStatus.Queued && job.RunAfter > DateTimeOffset.UtcNow));

    private static async Task AwaitAsync(TestTenant tenant, Func<List<Job>, bool> wanted)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50, Ct))
        {
            var jobs = await JobsAsync(tenant);
            if (wanted(jobs))
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), string.Join(", ", jobs.Select(job => $"{job.Kind} {job.Status} {job.ErrorCode} {job.RunAfter:O}")));
        }
    }
}
