using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Organizations;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Persistence.Rollups;

/// <summary>Reads stored roll-ups, with all that decides what of them may be shown, in one round trip; never a response.</summary>
internal sealed class RollupReader(TenantReader reader, InstrumentVersions versions, Caller caller)
{
    /// <summary>Answers for any organization of the tenant: whether the caller reaches it is told by the answer's path.</summary>
    public async Task<RollupAnswer> ReadAsync(RollupQuestion question, CancellationToken ct)
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
        var read = await reader.ExecuteAsync(
            [new NpgsqlBatchCommand(RollupReaderSql.OneMoment), .. statements.Select(sql => Command(sql, question))], ReadAsync, ct);

        var layouts = new List<InstrumentLayout>();
        foreach (var (tenantId, id) in read.Versions)
            layouts.Add((await versions.GetAsync(tenantId, id, ct)).Layout);
        return new RollupAnswer(question, read, MergedInstrument.Of(layouts));
    }

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

    private static async Task<RollupRows> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        var (minimum, exists) = (rows.GetInt32(0), rows.GetBoolean(1));
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
        return new RollupRows(minimum, exists, path, ids, people, figures, children, count);
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
