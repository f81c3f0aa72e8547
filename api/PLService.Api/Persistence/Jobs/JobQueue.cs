using Npgsql;
using PLService.Api.Access;

namespace PLService.Api.Persistence.Jobs;

/// <summary>
/// Jobs as rows that any process claims with SKIP LOCKED. A claim is a lease by the database's clock: who does not renew it loses the
/// job to the next one. Only the claim itself looks across tenants, as the role plservice_worker, which can see nothing but jobs.
/// </summary>
internal sealed class JobQueue(NpgsqlDataSource source) : IDisposable
{
    /// <summary>How long a job stays claimed without a heartbeat.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>A job was committed in this process: do not wait for the next look.</summary>
    public void Wake() => _wake.Release();

    /// <summary>Waits until somebody wakes the workers, or for the time of one look.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _wake.WaitAsync(atMost, ct);

    public void Dispose() => _wake.Dispose();

    /// <summary>Claims the job that is due longest; null when none is.</summary>
    public async Task<JobRun?> ClaimAsync(Guid worker, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand("SET LOCAL ROLE plservice_worker"),
                new NpgsqlBatchCommand(
                    """
                    update pls.job j
                    set status = 'running', attempts = j.attempts + 1, lease_owner = $1, lease_until = now() + $2,
                        started_at = coalesce(j.started_at, now()), updated_at = now(), version = j.version + 1
                    from (
                        select tenant_id, id from pls.job
                        where run_after <= now() and (status = 'queued' or (status = 'running' and lease_until < now()))
                        order by run_after, id
                        limit 1
                        for update skip locked
                    ) due
                    where j.tenant_id = due.tenant_id and j.id = due.id
                    returning j.tenant_id, j.id, j.kind, j.resource_id, j.organization_id, j.api_client_id, j.person_id, j.attempts, j.cancel_requested
                    """)
                {
                    Parameters = { new() { Value = worker }, new() { Value = Lease } },
                },
                new NpgsqlBatchCommand("COMMIT"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var claimed = await reader.ReadAsync(ct)
            ? new JobRun(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetGuid(3),
                reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.IsDBNull(5) ? null : reader.GetGuid(5),
                reader.IsDBNull(6) ? null : reader.GetGuid(6), reader.GetInt32(7), reader.GetBoolean(8))
            : null;
        while (await reader.NextResultAsync(ct))
        {
        }

        return claimed;
    }

    /// <summary>Renews the lease and writes progress.</summary>
    public async Task<Heartbeat> BeatAsync(JobRun run, Guid worker, CancellationToken ct)
    {
        var progress = run.Progress;
        return await AsTenant(run).ExecuteAsync(
            new NpgsqlBatchCommand(
                """
                update pls.job set lease_until = now() + $4, step = coalesce($5, step), progress_done = $6, progress_total = $7, updated_at = now()
                where tenant_id = $1 and id = $2 and lease_owner = $3 and status = 'running'
                returning cancel_requested
                """)
            {
                Parameters =
                {
                    new() { Value = run.TenantId },
                    new() { Value = run.JobId },
                    new() { Value = worker },
                    new() { Value = Lease },
                    new() { Value = (object?)progress.Step ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                    new() { Value = progress.Done },
                    new() { Value = (object?)progress.Total ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
                },
            },
            async (reader, token) => await reader.ReadAsync(token) ? (reader.GetBoolean(0) ? Heartbeat.CancelRequested : Heartbeat.Held) : Heartbeat.Lost,
            ct);
    }

    /// <summary>Ends a job that this worker still holds; false when another holds it by now.</summary>
    public Task<bool> EndAsync(JobRun run, Guid worker, string status, string? code, string? detail, CancellationToken ct) => AsTenant(run).ExecuteAsync(
        new NpgsqlBatchCommand(
            """
            update pls.job
            set status = $4, error_code = $5, error_detail = $6, step = null, progress_done = $7, progress_total = $8,
                lease_owner = null, lease_until = null, finished_at = now(), updated_at = now(), version = version + 1
            where tenant_id = $1 and id = $2 and lease_owner = $3 and status = 'running'
            returning 1
            """)
        {
            Parameters =
            {
                new() { Value = run.TenantId },
                new() { Value = run.JobId },
                new() { Value = worker },
                new() { Value = status },
                new() { Value = (object?)code ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = (object?)detail ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = run.Progress.Done },
                new() { Value = (object?)run.Progress.Total ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            },
        },
        (reader, token) => reader.ReadAsync(token),
        ct);

    /// <summary>Gives the job back, to be claimed again after <paramref name="pause"/>.</summary>
    public Task<bool> ReleaseAsync(JobRun run, Guid worker, TimeSpan pause, CancellationToken ct) => AsTenant(run).ExecuteAsync(
        new NpgsqlBatchCommand(
            """
            update pls.job
            set status = 'queued', run_after = now() + $4, lease_owner = null, lease_until = null, updated_at = now(), version = version + 1
            where tenant_id = $1 and id = $2 and lease_owner = $3 and status = 'running'
            returning 1
            """)
        {
            Parameters = { new() { Value = run.TenantId }, new() { Value = run.JobId }, new() { Value = worker }, new() { Value = pause } },
        },
        (reader, token) => reader.ReadAsync(token),
        ct);

    private TenantReader AsTenant(JobRun run)
    {
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(run.TenantId));
        return new TenantReader(source, caller);
    }
}

/// <summary>What a heartbeat found.</summary>
internal enum Heartbeat
{
    /// <summary>The job is still ours.</summary>
    Held,

    /// <summary>Somebody wants it to stop.</summary>
    CancelRequested,

    /// <summary>Another worker has it: stop at once, and leave everything to that one.</summary>
    Lost,
}
