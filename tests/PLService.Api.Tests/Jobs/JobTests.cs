using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PLService.Api.Domain.Jobs;
using PLService.Api.Persistence.Jobs;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Jobs;

/// <summary>The service without workers of its own, so that a test decides who claims what.</summary>
public sealed class ApiServerWithoutWorkers : ApiServer
{
    protected override string[] Settings => ["Jobs:Workers=0"];
}

public sealed class JobTests(ApiServerWithoutWorkers api) : IClassFixture<ApiServerWithoutWorkers>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JobQueue Queue => api.Services.GetRequiredService<JobQueue>();

    [Fact]
    public async Task Two_processes_share_the_jobs_and_none_is_done_twice()
    {
        var tenant = await api.NewTenantAsync();
        var wanted = new HashSet<Guid>();
        for (var i = 0; i < 40; i++)
            wanted.Add(await QueueAsync(tenant));
        await using var source = NpgsqlDataSource.Create(api.Database.App);
        using var other = new JobQueue(source);

        var claimed = new ConcurrentBag<Guid>();
        await Task.WhenAll(DrainAsync(Queue), DrainAsync(Queue), DrainAsync(other), DrainAsync(other));

        Assert.Equal(wanted.Order(), claimed.Where(wanted.Contains).Order());

        async Task DrainAsync(JobQueue queue)
        {
            var worker = Guid.NewGuid();
            while (await queue.ClaimAsync(worker, Ct) is { } run)
            {
                claimed.Add(run.JobId);
                Assert.True(await queue.EndAsync(run, worker, "succeeded", null, null, Ct));
            }
        }
    }

    [Fact]
    public async Task A_job_whose_worker_died_is_taken_over_and_the_dead_one_cannot_end_it()
    {
        var tenant = await api.NewTenantAsync();
        var id = await QueueAsync(tenant);
        var dead = Guid.NewGuid();
        var first = await ClaimAsync(id, dead);
        await ExpireLeaseAsync(tenant, id);

        var living = Guid.NewGuid();
        var second = await ClaimAsync(id, living);

        Assert.Equal(2, second.Attempt);
        Assert.Equal(Heartbeat.Lost, await Queue.BeatAsync(first, dead, Ct));
        Assert.False(await Queue.EndAsync(first, dead, "succeeded", null, null, Ct));
        Assert.True(await Queue.EndAsync(second, living, "succeeded", null, null, Ct));
        Assert.Equal(JobStatus.Succeeded, (await tenant.StoredAsync(db => db.Jobs.SingleAsync(j => j.Id == id))).Status);
    }

    [Fact]
    public async Task A_running_job_learns_with_its_next_heartbeat_that_it_was_cancelled()
    {
        var tenant = await api.NewTenantAsync();
        var id = await QueueAsync(tenant);
        var worker = Guid.NewGuid();
        var run = await ClaimAsync(id, worker);
        run.Report("reading rows", 7, 10);
        Assert.Equal(Heartbeat.Held, await Queue.BeatAsync(run, worker, Ct));

        var answer = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("reading rows 7 10", $"{answer["step"]} {answer["progressDone"]} {answer["progressTotal"]}");
        Assert.Equal(Heartbeat.CancelRequested, await Queue.BeatAsync(run, worker, Ct));
        Assert.True(await Queue.EndAsync(run, worker, "cancelled", null, null, Ct));
        var again = await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel");
        await again.ExpectProblemAsync(HttpStatusCode.Conflict, "job.already_ended");
    }

    [Fact]
    public async Task Who_cancels_comes_before_the_end_of_the_work_or_is_told_that_it_has_ended()
    {
        var tenant = await api.NewTenantAsync();
        var (early, late) = (await QueueAsync(tenant), await QueueAsync(tenant));
        var (first, second) = (await ClaimAsync(early, Guid.NewGuid()), await ClaimAsync(late, Guid.NewGuid()));
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{early}/cancel")).ExpectAsync(HttpStatusCode.OK);

        await Assert.ThrowsAsync<JobCancelledException>(() => EndWithinAsync(tenant, first));
        await EndWithinAsync(tenant, second);

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{late}/cancel")).ExpectProblemAsync(HttpStatusCode.Conflict, "job.already_ended");
        Assert.Equal(
            [JobStatus.Running, JobStatus.Succeeded], await tenant.StoredAsync(db => db.Jobs.OrderBy(j => j.Id).Select(j => j.Status).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_worker_that_lost_its_job_cannot_commit_the_work()
    {
        var tenant = await api.NewTenantAsync();
        var id = await QueueAsync(tenant);
        var first = await ClaimAsync(id, Guid.NewGuid());
        await ExpireLeaseAsync(tenant, id);
        await ClaimAsync(id, Guid.NewGuid());

        await Assert.ThrowsAsync<JobAgainException>(() => EndWithinAsync(tenant, first));
    }

    [Fact]
    public async Task Another_tenant_and_an_unknown_job_are_not_found()
    {
        var id = await QueueAsync(await api.NewTenantAsync());
        var stranger = (await api.NewTenantAsync()).Everything();

        await (await stranger.GetAsync($"/v1/jobs/{id}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "job.not_found");
        await (await stranger.SendJsonAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel")).ExpectProblemAsync(HttpStatusCode.NotFound, "job.not_found");
        Assert.Empty((await stranger.ReadAsync("/v1/jobs"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_list_is_narrowed_and_paged_newest_first()
    {
        var tenant = await api.NewTenantAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await QueueAsync(tenant));
        var client = tenant.Everything();

        var first = await client.ReadAsync("/v1/jobs?limit=3&status=queued&count=true");
        var second = await client.ReadAsync($"/v1/jobs?limit=3&status=queued&cursor={first["nextCursor"]}");

        Assert.Equal(Enumerable.Reverse(ids), first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(j => (Guid)j!["id"]!));
        Assert.Equal(5, (int)first["count"]!);
        Assert.Null(second["nextCursor"]);
        Assert.Empty((await client.ReadAsync("/v1/jobs?status=failed"))["items"]!.AsArray());
    }

    private static Task<Guid> QueueAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
    {
        var job = Job.Create("test", Guid.NewGuid(), null, null, DateTimeOffset.UtcNow.AddSeconds(-1));
        db.Add(job);
        await db.SaveChangesAsync(Ct);
        return job.Id;
    });

    private static Task<int> EndWithinAsync(TestTenant tenant, JobRun run) => tenant.StoredAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await JobEnding.EndWithinAsync((NpgsqlConnection)db.Database.GetDbConnection(), run, Ct);
        await transaction.CommitAsync(Ct);
        return 0;
    });

    // Jobs of other tests of this class may be due too; they are claimed on the way and expire again.
    private async Task<JobRun> ClaimAsync(Guid id, Guid worker)
    {
        while (await Queue.ClaimAsync(worker, Ct) is { } run)
        {
            if (run.JobId == id)
                return run;
        }

        throw new InvalidOperationException("The job cannot be claimed.");
    }

    private static Task<int> ExpireLeaseAsync(TestTenant tenant, Guid id) => tenant.StoredAsync(db =>
        db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseUntil, DateTimeOffset.UtcNow.AddSeconds(-1)), Ct));
}
