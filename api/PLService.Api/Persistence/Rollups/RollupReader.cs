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

        // Names, places in the tree and the state of the roll-ups are asked with every request, and most often that is all. They need not
        // be of one moment: what is remembered is of the state that was found, and what is read anew is read whole.
        var (state, exists, path) = await reader.ExecuteAsync(
            [Command(RollupReaderSql.Settings, question), Command(RollupReaderSql.Path, question)], ReadStateAsync, ct);
        if (!exists || path.Count == 0)
            return new RollupAnswer(question, new RollupRows(state.Minimum, exists, path, [], [], [], [], null), MergedInstrument.Of([]));
        var key = new RollupCache.Key(caller.TenantId, path[^1].Id, question with { OrganizationId = null });
        if (cache.Find(key, state) is { } known)
            return known.Seen(question, path);

        var (answer, seen) = await ReadAllAsync(question, ct);
        cache.Remember(key, seen, answer);
        return answer;
    }

    private async Task<(RollupAnswer Answer, RollupState State)> ReadAllAsync(RollupQuestion question, CancellationToken ct)
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
        if (question.CountChildren)
            statements.Add(RollupReaderSql.ChildCount);
        var (read, state) = await reader.ExecuteAsync(Batch(question, statements), ReadAsync, ct);

        var layouts = new List<InstrumentLayout>();
        foreach (var (tenantId, id) in read.Versions)
            layouts.Add((await versions.GetAsync(tenantId, id, ct)).Layout);
        return (new RollupAnswer(question, read, MergedInstrument.Of(layouts)), state);
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
        Add(NpgsqlDbType.Uuid, caller.OrganizationId);
        Add(NpgsqlDbType.Text, question.Instrument);
        Add(NpgsqlDbType.Text, question.Round);
        Add(NpgsqlDbType.Text, question.Role);
        Add(NpgsqlDbType.Uuid, question.AmongId);
        Add(NpgsqlDbType.Text, question.After?.Name);
        Add(NpgsqlDbType.Uuid, question.After?.Id);
        Add(NpgsqlDbType.Integer, question.Take);
        return command;
    }

    private static async Task<(RollupState State, bool InstrumentExists, List<RollupOrganization> Path)> ReadStateAsync(
        NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        var (state, exists) = (new RollupState(rows.GetInt32(0), rows.GetInt64(1)), rows.GetBoolean(2));
        await rows.NextResultAsync(ct);
        return (state, exists, await OrganizationsAsync(rows, ct));
    }

    private static async Task<(RollupRows Rows, RollupState State)> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var (state, exists, path) = await ReadStateAsync(rows, ct);
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
        return (new RollupRows(state.Minimum, exists, path, ids, people, figures, children, count), state);
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
