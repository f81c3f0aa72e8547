using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Jobs;

namespace PLService.Api.Persistence.Jobs;

/// <summary>Works on jobs for as long as the process lives, several at a time; every process of the service does.</summary>
internal sealed class JobWorker(JobQueue queue, IServiceScopeFactory scopes, IConfiguration configuration, ILogger<JobWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = configuration.GetValue("Jobs:Workers", 2);
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(Guid.NewGuid(), stoppingToken)));
    }

    private async Task WorkAsync(Guid worker, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await queue.ClaimAsync(worker, stopping) is { } run)
                    await RunAsync(run, worker, stopping);
                else
                    await queue.WaitAsync(Look, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away, or a job could not be ended: its lease runs out and it is claimed again.
                logger.LogWarning("Background work pauses: {Reason}", e.GetBaseException().Message);
                await Task.Delay(Look, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(JobRun run, Guid worker, CancellationToken stopping)
    {
        using var lost = new CancellationTokenSource();
        using var cancelled = new CancellationTokenSource();
        using var ending = new CancellationTokenSource();
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost.Token, cancelled.Token);
        if (run.CancelRequested)
            await cancelled.CancelAsync();
        var beating = BeatAsync(run, worker, lost, cancelled, ending.Token);
        try
        {
            await DoAsync(run, all.Token);
            await ending.CancelAsync();
            await beating;
            await queue.EndAsync(run, worker, "succeeded", null, null, CancellationToken.None);
        }
        catch (Exception e)
        {
            await ending.CancelAsync();
            await beating;
            if (lost.IsCancellationRequested)
                logger.LogWarning("Job {Job} was taken over by another worker", run.JobId);
            else
                await EndWithoutSuccessAsync(run, worker, e, cancelled.IsCancellationRequested || e is JobCancelledException, stopping.IsCancellationRequested);
        }
    }

    private async Task DoAsync(JobRun run, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (run.Attempt > Job.MaxAttempts)
            throw new JobFailedException("job.too_many_attempts", $"The job was begun {Job.MaxAttempts} times and never ended.");
        await using var scope = ScopeOf(run);
        await HandlerOf(scope, run).RunAsync(run, ct);
    }

    private async Task EndWithoutSuccessAsync(JobRun run, Guid worker, Exception e, bool cancelled, bool stopping)
    {
        // A row that was changed under our hands also means that another worker has done the job, because the lease was lost unnoticed.
        if (stopping || (!cancelled && e is JobAgainException or DbUpdateConcurrencyException))
        {
            await GiveBackAsync(run, worker, TimeSpan.Zero);
            return;
        }

        if (!cancelled && DatabaseFaults.IsAway(e))
        {
            // Tried again soon and then ever later, at most half a minute apart.
            await GiveBackAsync(run, worker, TimeSpan.FromSeconds(Math.Min(30, run.Attempt)));
            return;
        }

        var failed = e as JobFailedException;
        if (!cancelled && failed is null)
            logger.LogError(e, "Job {Job} of kind {Kind} failed", run.JobId, run.Kind);
        var (code, detail) = cancelled ? (null, null) : (failed?.Code ?? "server.unexpected", failed?.Message ?? "Something unexpected happened; it was logged.");
        await using (var scope = ScopeOf(run))
        {
            // What nobody knows how to do leaves nothing to tidy up.
            if (FindHandler(scope, run) is { } handler)
                await handler.EndedWithoutSuccessAsync(run, cancelled, code, detail, CancellationToken.None);
        }

        await queue.EndAsync(run, worker, cancelled ? "cancelled" : "failed", code, detail, CancellationToken.None);
    }

    // A database that is back before the lease ends finds the job free, instead of everybody waiting for that end.
    private async Task GiveBackAsync(JobRun run, Guid worker, TimeSpan pause)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Look))
        {
            try
            {
                await queue.ReleaseAsync(run, worker, pause, CancellationToken.None);
                return;
            }
            catch (Exception e) when (DatabaseFaults.IsAway(e) && TimeProvider.System.GetElapsedTime(since) < JobQueue.Lease)
            {
                logger.LogDebug("Job {Job} cannot be given back yet: {Reason}", run.JobId, e.GetBaseException().Message);
            }
        }
    }

    private async Task BeatAsync(JobRun run, Guid worker, CancellationTokenSource lost, CancellationTokenSource cancelled, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(Beat);
        var held = TimeProvider.System.GetTimestamp();
        while (await WaitAsync(timer, ending))
        {
            try
            {
                var found = await queue.BeatAsync(run, worker, ending);
                held = TimeProvider.System.GetTimestamp();
                if (found is Heartbeat.Lost && !run.HasEnded)
                    await lost.CancelAsync();
                if (found is Heartbeat.CancelRequested)
                    await cancelled.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (DatabaseFaults.IsAway(e))
            {
                // Nobody could renew it for the length of a lease: from here on another may have it.
                if (TimeProvider.System.GetElapsedTime(held) > JobQueue.Lease)
                    await lost.CancelAsync();
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken ending)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ending);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private AsyncServiceScope ScopeOf(JobRun run)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(
            new CallerIdentity(run.TenantId, run.ApiClientId, run.OrganizationId is { } root ? [root] : null, new HashSet<string>()) { PersonId = run.PersonId });
        return scope;
    }

    private static IJobHandler? FindHandler(AsyncServiceScope scope, JobRun run) =>
        scope.ServiceProvider.GetServices<IJobHandler>().SingleOrDefault(handler => handler.Kind == run.Kind);

    private static IJobHandler HandlerOf(AsyncServiceScope scope, JobRun run) => FindHandler(scope, run)
        ?? throw new JobFailedException("job.unknown_kind", $"No handler does jobs of kind {run.Kind}.");
}
