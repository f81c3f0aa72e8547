using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace PLService.Api.Persistence.Rollups;

/// <summary>
/// Keeps the stored roll-ups in step with closed assessments, inside the caller's open transaction. Save assessments, counts and
/// closure rows before calling: all work is done in SQL, on what the database sees.
/// </summary>
/// <remarks>
/// One advisory lock per tenant, held to the end of the transaction, orders all of it. Closes of one tenant meet in the row of its root
/// anyway; the lock makes them meet before any row is locked, so that they cannot deadlock, and each sees what the ones before it left.
/// </remarks>
public sealed class RollupStore(PLServiceDbContext db)
{
    /// <summary>Adds the stored counts of assessments that were just closed to the roll-ups of their organizations and all above.</summary>
    /// <exception cref="InvalidOperationException">There is no open transaction.</exception>
    public Task AddAsync(IReadOnlyList<Guid> assessmentIds, CancellationToken ct) =>
        assessmentIds.Count == 0 ? Task.CompletedTask : ExecuteAsync([RollupSql.Add], assessmentIds, ct);

    /// <summary>
    /// Takes the stored counts of closed assessments, which are about to be reopened or deleted, out of the roll-ups again. Call it
    /// before their counts are deleted.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no open transaction.</exception>
    public Task SubtractAsync(IReadOnlyList<Guid> assessmentIds, CancellationToken ct) =>
        assessmentIds.Count == 0
            ? Task.CompletedTask
            : ExecuteAsync([RollupSql.Subtract, RollupSql.DeleteEmpty, RollupSql.FindFirstOpenedAt], assessmentIds, ct);

    /// <summary>
    /// Computes all roll-ups of these organizations anew from the closed and archived assessments of their subtrees: what a moved
    /// organization needs for those above its old and its new place.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no open transaction.</exception>
    public Task RebuildAsync(IEnumerable<Guid> organizationIds, CancellationToken ct)
    {
        var ids = organizationIds.Distinct().ToList();
        return ids.Count == 0 ? Task.CompletedTask : ExecuteAsync([RollupSql.Delete, RollupSql.Rebuild], ids, ct);
    }

    private async Task ExecuteAsync(IEnumerable<string> statements, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var transaction = db.Database.CurrentTransaction
            ?? throw new InvalidOperationException("Roll-ups change together with assessments: open a transaction around both.");
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        // A statement of its own, so that those after it see what was committed while it waited.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RollupSql.Lock) { Parameters = { new() { Value = $"pls.rollup {db.TenantId:D}" } } });
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = db.TenantId }, new() { Value = ids.ToArray() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RollupSql.Stamp) { Parameters = { new() { Value = db.TenantId } } });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
