using Npgsql;

namespace PLService.Api.Persistence.Jobs;

/// <summary>
/// Ends a job in the transaction of its own work: the one is committed exactly when the other is, so that whoever cancels it comes before the
/// end, and nothing is done, or after it, and is told that it has ended.
/// </summary>
internal static class JobEnding
{
    /// <summary>The last step of a handler's transaction, right before the commit.</summary>
    /// <exception cref="JobCancelledException">Somebody asked for its end: the transaction must not be committed.</exception>
    /// <exception cref="JobAgainException">Another worker has taken the job over: the same.</exception>
    public static Task EndWithinAsync(NpgsqlConnection connection, JobRun run, CancellationToken ct) => WithinAsync(
        connection,
        run,
        new NpgsqlBatchCommand(
            """
            update pls.job
            set status = 'succeeded', step = null, progress_done = $4, progress_total = $5, lease_owner = null, lease_until = null,
                finished_at = now(), updated_at = now(), version = version + 1
            where tenant_id = $1 and id = $2 and status = 'running' and attempts = $3 and not cancel_requested
            """)
        {
            Parameters =
            {
                new() { Value = run.TenantId },
                new() { Value = run.JobId },
                new() { Value = run.Attempt },
                new() { Value = run.Progress.Done },
                new() { Value = (object?)run.Progress.Total ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            },
        },
        ct);

    /// <summary>The same for a job that recurs: it waits for its next time.</summary>
    /// <exception cref="JobCancelledException">Somebody asked for its end: the transaction must not be committed.</exception>
    /// <exception cref="JobAgainException">Another worker has taken the job over: the same.</exception>
    public static Task RepeatWithinAsync(NpgsqlConnection connection, JobRun run, TimeSpan pause, CancellationToken ct) => WithinAsync(
        connection,
        run,
        new NpgsqlBatchCommand(
            """
            update pls.job
            set status = 'queued', run_after = now() + $4, attempts = 0, step = null, progress_done = 0, progress_total = null,
                lease_owner = null, lease_until = null, updated_at = now(), version = version + 1
            where tenant_id = $1 and id = $2 and status = 'running' and attempts = $3 and not cancel_requested
            """)
        {
            Parameters = { new() { Value = run.TenantId }, new() { Value = run.JobId }, new() { Value = run.Attempt }, new() { Value = pause } },
        },
        ct);

    private static async Task WithinAsync(NpgsqlConnection connection, JobRun run, NpgsqlBatchCommand ending, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("select status, attempts, cancel_requested from pls.job where tenant_id = $1 and id = $2 for update")
                {
                    Parameters = { new() { Value = run.TenantId }, new() { Value = run.JobId } },
                },
                ending,
            },
        };
        await using var found = await batch.ExecuteReaderAsync(ct);
        await found.ReadAsync(ct);
        if (found.GetString(0) != "running" || found.GetInt32(1) != run.Attempt)
            throw new JobAgainException("Another worker has the job by now.");
        if (found.GetBoolean(2))
            throw new JobCancelledException();
        run.HasEnded = true;
    }
}
