using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Persistence.Rollups;

/// <summary>Reads stored roll-ups, with all that decides what of them may be shown; never a response.</summary>
internal sealed class RollupReader(TenantReader reader, InstrumentVersions versions, RollupCache cache, Caller caller)
{
    /// <summary>Answers for any organization of the tenant: whether the caller reaches it is told by the answer's path.</summary>
    public async Task<RollupAnswer> ReadAsync(RollupQuestion question, CancellationToken ct)
    {
        if (question.Scope is RollupScope.Children)
            return (await ReadAllAsync(question, ct)).Answer;

        // All that an answer rests on is of one state, which is asked with every request: most often that is all.
        var key = new RollupCache.Key(caller.TenantId, question.OrganizationId ?? caller.OnlyRoot, question with { OrganizationId = null });
        if (cache.Find(key, await StampAsync(ct)) is { } known)
            return known;

        var (answer, stamp) = await ReadAllAsync(question, ct);
        if (answer.Rows is { InstrumentExists: true, Path.Count: > 0 })
            cache.Remember(key, stamp, answer);
        return answer;
    }

    private Task<long> StampAsync(CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(RollupReaderSql.Stamp) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller.TenantId } } },
        async (rows, token) => await rows.ReadAsync(token) ? rows.GetInt64(0) : 0,
        ct);

    private async Task<(RollupAnswer Answer, long Stamp)> ReadAllAsync(RollupQuestion question, CancellationToken ct)
    {
        List<string> statements =
        [
            RollupReaderSql.Settings,
            RollupReaderSql.Path,
            RollupReaderSql.Versions,
            RollupReaderSql.People(question),
            RollupReaderSql.Figures(question),
        ];
        if (question.Scope is RollupScope.Children)
            statements.Add(RollupReaderSql.Children);
        if (question.Scope is RollupScope.Below)
            statements.Add(RollupReaderSql.Below);
        if (question.CountChildren)
            statements.Add(RollupReaderSql.ChildCount);
        var (read, stamp) = await reader.ExecuteAsync(Batch(question, statements), ReadAsync, ct);

        var layouts = new List<InstrumentLayout>();
        foreach (var (tenantId, id) in read.Versions)
            layouts.Add((await versions.GetAsync(tenantId, id, ct)).Layout);
        return (new RollupAnswer(question, read, MergedInstrument.Of(layouts)), stamp);
    }

    private List<NpgsqlBatchCommand> Batch(RollupQuestion question, IEnumerable<string> statements) =>
        [new NpgsqlBatchCommand(RollupReaderSql.OneMoment), .. statements.Select(sql => Command(sql, question))];

    private NpgsqlBatchCommand Command(string sql, RollupQuestion question)
    {
        var command = new NpgsqlBatchCommand(sql);
        void Add(NpgsqlDbType type, object? value) =>
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });

        Add(NpgsqlDbType.Uuid, caller.TenantId);
        Add(NpgsqlDbType.Uuid, question.OrganizationId);
        Add(NpgsqlDbType.Uuid, caller.OnlyRoot);
        Add(NpgsqlDbType.Text, question.Instrument);
        Add(NpgsqlDbType.Text, question.Round);
        Add(NpgsqlDbType.Text, question.Role);
        Add(NpgsqlDbType.Uuid, question.AmongId);
        Add(NpgsqlDbType.Text, question.After?.Name);
        Add(NpgsqlDbType.Uuid, question.After?.Id);
        Add(NpgsqlDbType.Integer, question.Take);
        Add(NpgsqlDbType.Text, question.OtherRound);
        Add(NpgsqlDbType.Text, question.Kind is { } kind ? EnumText.Of(kind) : null);
        return command;
    }

    private static async Task<(RollupRows Rows, long Stamp)> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        var (minimum, stamp, exists) = (rows.GetInt32(0), rows.GetInt64(1), rows.GetBoolean(2));
        await rows.NextResultAsync(ct);
        var path = await OrganizationsAsync(rows, ct);
        await rows.NextResultAsync(ct);
        var ids = await ListAsync(rows, r => (r.GetGuid(0), r.GetGuid(1)), ct);
        await rows.NextResultAsync(ct);
        var people = await ListAsync(
            rows,
            r => new PeopleRow(
                r.GetGuid(0),
                r.IsDBNull(1) ? null : r.GetGuid(1),
                r.GetGuid(2),
                r.GetString(3),
                r.GetString(4),
                r.GetInt32(5),
                r.GetFieldValue<DateTimeOffset>(6)),
            ct);
        await rows.NextResultAsync(ct);
        var figures = await ListAsync(
            rows,
            r => new FigureRow(
                r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetFieldValue<long[]>(6)),
            ct);
        var children = await rows.NextResultAsync(ct) ? await OrganizationsAsync(rows, ct) : [];
        long? count = await rows.NextResultAsync(ct) && await rows.ReadAsync(ct) ? rows.GetInt64(0) : null;
        return (new RollupRows(minimum, exists, path, ids, people, figures, children, count), stamp);
    }

    private static Task<List<RollupOrganization>> OrganizationsAsync(NpgsqlDataReader rows, CancellationToken ct) => ListAsync(
        rows,
        r => new RollupOrganization(
            r.GetGuid(0), r.IsDBNull(1) ? null : r.GetGuid(1), EnumText.Parse<OrganizationKind>(r.GetString(2)), r.GetString(3)),
        ct);

    private static async Task<List<T>> ListAsync<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var list = new List<T>();
        while (await rows.ReadAsync(ct))
            list.Add(read(rows));
        return list;
    }
}
