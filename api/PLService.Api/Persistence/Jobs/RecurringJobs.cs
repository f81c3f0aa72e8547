using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;

namespace PLService.Api.Persistence.Jobs;

/// <summary>Background work that every tenant has again and again.</summary>
/// <param name="Kind">The kind of its jobs.</param>
/// <param name="Every">The pause between two of them.</param>
internal sealed record RecurringJob(string Kind, TimeSpan Every);

/// <summary>
/// Work that recurs: when it is done, its job waits for the next time. Each piece of it is committed by itself and shows in the database, so
/// that it is done once however often the work is begun.
/// </summary>
internal abstract class RecurringHandler(PLServiceDbContext db, IEnumerable<RecurringJob> recurring) : IJobHandler
{
    public abstract string Kind { get; }

    /// <summary>Does what is due.</summary>
    protected abstract Task WorkAsync(JobRun run, CancellationToken ct);

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        // Switched off since the job was made: it ends with this run.
        var mine = recurring.SingleOrDefault(job => job.Kind == Kind);
        if (mine is not null)
            await WorkAsync(run, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await (mine is null ? JobEnding.EndWithinAsync(connection, run, ct) : JobEnding.RepeatWithinAsync(connection, run, mine.Every, ct));
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>The planner makes another job; what was committed stays.</summary>
    public Task EndedWithoutSuccessAsync(JobRun run, bool cancelled, string? code, string? detail, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>
/// Sees to it that every tenant has one waiting or running job of each kind that recurs. Every process does; a unique index lets one of them
/// make it. It looks for tenants as the role plservice_door and for jobs as plservice_worker, which can see nothing else.
/// </summary>
internal sealed class JobPlanner(NpgsqlDataSource source, IEnumerable<RecurringJob> recurring, JobQueue queue, ILogger<JobPlanner> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var kinds = recurring.Select(job => job.Kind).ToArray();
        while (kinds.Length > 0 && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PlanAsync(kinds, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away, or is not migrated yet.
                logger.LogWarning("Recurring work is not planned: {Reason}", e.GetBaseException().Message);
            }

            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes the jobs that are missing; gives how many.</summary>
    internal async Task<int> PlanAsync(string[] kinds, CancellationToken ct)
    {
        var made = 0;
        foreach (var tenant in (await MissingAsync(kinds, ct)).GroupBy(missing => missing.Tenant, missing => missing.Kind))
            made += await MakeAsync(tenant.Key, [.. tenant], ct);
        if (made > 0)
            queue.Wake();
        return made;
    }

    private async Task<List<(Guid Tenant, string Kind)>> MissingAsync(string[] kinds, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("BEGIN"),
                new NpgsqlBatchCommand("SET LOCAL ROLE plservice_door"),
                new NpgsqlBatchCommand("select id from pls.tenant where id <> '00000000-0000-0000-0000-000000000000'"),
                new NpgsqlBatchCommand("SET LOCAL ROLE plservice_worker"),
                new NpgsqlBatchCommand("select tenant_id, kind from pls.job where recurs and status in ('queued', 'running')"),
                new NpgsqlBatchCommand("COMMIT"),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var tenants = new List<Guid>();
        while (await rows.ReadAsync(ct))
            tenants.Add(rows.GetGuid(0));
        await rows.NextResultAsync(ct);
        var there = new HashSet<(Guid, string)>();
        while (await rows.ReadAsync(ct))
            there.Add((rows.GetGuid(0), rows.GetString(1)));
        while (await rows.NextResultAsync(ct))
        {
        }

        return [.. tenants.SelectMany(tenant => kinds.Select(kind => (tenant, kind))).Where(wanted => !there.Contains(wanted))];
    }

    private Task<int> MakeAsync(Guid tenant, string[] kinds, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(tenant));
        return new TenantReader(source, caller).ExecuteAsync(
            new NpgsqlBatchCommand(
                """
                insert into pls.job (tenant_id, id, kind, resource_id, status, recurs, run_after, created_at, updated_at)
                select $1, k.id, k.kind, $1, 'queued', true, now(), now(), now() from unnest($2::uuid[], $3::text[]) k(id, kind)
                on conflict (tenant_id, kind) where recurs and status in ('queued', 'running') do nothing
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = tenant },
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. kinds.Select(_ => Guid.CreateVersion7())] },
                    new NpgsqlParameter<string[]> { TypedValue = kinds },
                },
            },
            (rows, _) => Task.FromResult(rows.RecordsAffected),
            ct);
    }
}
