using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Lenses that were read, for as long as the frameworks that they rest on stay what they were.</summary>
internal sealed class LensCache
{
    private const int MaxRemembered = 500;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<(Guid TenantId, string Lens, string Instrument), (LensStamp Stamp, Lens Lens)> _lenses = new();

    public Lens? Find(Guid tenantId, string lens, string instrument, LensStamp stamp) =>
        _lenses.TryGetValue((tenantId, lens, instrument), out var known) && known.Stamp == stamp ? known.Lens : null;

    public void Remember(Guid tenantId, string lens, string instrument, LensStamp stamp, Lens read)
    {
        if (_lenses.Count >= MaxRemembered)
            _lenses.Clear();
        _lenses[(tenantId, lens, instrument)] = (stamp, read);
    }
}

/// <summary>A state of a tenant's frameworks and those of the catalog.</summary>
internal readonly record struct LensStamp(long Value, long Frameworks, long Versions);

/// <summary>Reads how frameworks hang together, as far as a lens needs it: in one round trip, from memory while nothing changed.</summary>
internal sealed class LensReader(TenantReader reader, LensCache cache, Caller caller)
{
    /// <summary>A framework as a lens for items; null when there is no such framework.</summary>
    /// <param name="framework">Its code or its identifier.</param>
    /// <param name="instrument">Names the versions of the instrument: the same name has the same items.</param>
    /// <param name="items">The items.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Lens?> FindAsync(string framework, string instrument, IEnumerable<Item> items, CancellationToken ct)
    {
        var stamp = await StampAsync(ct);
        if (cache.Find(caller.TenantId, framework, instrument, stamp) is { } known)
            return known;

        var cited = items.SelectMany(item => item.Alignments ?? []).Select(alignment => (alignment.Framework, alignment.Code)).Distinct().ToList();
        var lens = await reader.ExecuteAsync(
            [.. Statements.Select(sql => LensCommands.Make(sql, caller.TenantId, framework, cited, Lens.MostHops))], (rows, token) => ReadAsync(rows, cited, token), ct);
        // The stamp was read first: what changed in between is read again next time.
        if (lens is not null)
            cache.Remember(caller.TenantId, framework, instrument, stamp, lens);
        return lens;
    }

    private static readonly string[] Statements = [LensSql.Framework, LensSql.Standards, LensSql.Cited, LensSql.Reached, LensSql.Links];

    private Task<LensStamp> StampAsync(CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(LensSql.Stamp) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller.TenantId } } },
        async (rows, token) => await rows.ReadAsync(token) ? new LensStamp(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)) : default,
        ct);

    private static async Task<Lens?> ReadAsync(NpgsqlDataReader rows, List<(string Framework, string Code)> cited, CancellationToken ct)
    {
        if (!await rows.ReadAsync(ct))
            return null;
        var (code, title) = (rows.GetString(0), rows.GetString(1));
        await rows.NextResultAsync(ct);
        var own = await LensCommands.ListAsync(rows, row => (Standard: LensCommands.Named(row), IsParent: row.GetBoolean(5)), ct);
        await rows.NextResultAsync(ct);
        var meant = await LensCommands.CitedAsync(rows, cited, ct);
        await rows.NextResultAsync(ct);
        var reached = await LensCommands.ListAsync(rows, LensCommands.Named, ct);
        await rows.NextResultAsync(ct);
        var links = await LensCommands.LinksAsync(rows, ct);
        var standards = own.ConvertAll(one => one.Standard);
        return new Lens(
            code, title, standards, own.Where(one => one.IsParent).Select(one => one.Standard.Id).ToHashSet(), new StandardGraph([.. standards, .. reached], links), meant);
    }
}

/// <summary>Commands about standards and what they bring.</summary>
internal static class LensCommands
{
    public static NpgsqlBatchCommand Make(string sql, Guid tenantId, string lens, IReadOnlyList<(string Framework, string Code)> cited, int hops)
    {
        var command = new NpgsqlBatchCommand(sql);
        void Add(NpgsqlDbType type, object value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });

        Add(NpgsqlDbType.Uuid, tenantId);
        Add(NpgsqlDbType.Text, lens);
        Add(NpgsqlDbType.Array | NpgsqlDbType.Text, cited.Select(one => one.Framework).ToArray());
        Add(NpgsqlDbType.Array | NpgsqlDbType.Text, cited.Select(one => one.Code).ToArray());
        Add(NpgsqlDbType.Array | NpgsqlDbType.Text, StandardGraph.Onward.ToArray());
        Add(NpgsqlDbType.Array | NpgsqlDbType.Text, StandardGraph.BothWays.ToArray());
        Add(NpgsqlDbType.Integer, hops);
        return command;
    }

    public static async Task<List<T>> ListAsync<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var list = new List<T>();
        while (await rows.ReadAsync(ct))
            list.Add(read(rows));
        return list;
    }

    public static NamedStandard Named(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4));

    public static async Task<Dictionary<(string Framework, string Code), Guid>> CitedAsync(
        NpgsqlDataReader rows, IReadOnlyList<(string Framework, string Code)> cited, CancellationToken ct) =>
        (await ListAsync(rows, row => (Place: row.GetInt64(0), Id: row.GetGuid(1)), ct)).ToDictionary(one => cited[(int)one.Place - 1], one => one.Id);

    public static Task<List<StandardLink>> LinksAsync(NpgsqlDataReader rows, CancellationToken ct) =>
        ListAsync(rows, row => new StandardLink(row.GetString(0), row.GetGuid(1), row.GetGuid(2)), ct);
}
