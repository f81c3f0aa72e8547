using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>What one batch held of a participant.</summary>
internal sealed class StagedPart
{
    public Guid AssessmentId { get; private init; }
    public string Key { get; private init; } = "";
    private Guid _id;
    private string? _role;
    private short?[] _levels = [];
    private DateTime? _ratedAt;
    private string? _comments;
    private long _line;

    public static StagedPart Read(NpgsqlDataReader row) => new()
    {
        AssessmentId = row.GetGuid(0),
        Key = row.GetString(1),
        _id = row.GetGuid(2),
        _role = row.IsDBNull(3) ? null : row.GetString(3),
        _levels = row.GetFieldValue<short?[]>(4),
        _ratedAt = row.IsDBNull(5) ? null : row.GetDateTime(5),
        _comments = row.IsDBNull(6) ? null : row.GetString(6),
        _line = row.GetInt64(7),
    };

    /// <summary>Adds what a later part says; false when it says another level on the same item, which is then not taken.</summary>
    public bool Take(StagedPart later)
    {
        var agrees = true;
        for (var i = 0; i < _levels.Length; i++)
        {
            agrees &= _levels[i] is not { } level || later._levels[i] is not { } other || other == level;
            _levels[i] ??= later._levels[i];
        }

        _role = later._role ?? _role;
        _ratedAt = later._ratedAt > _ratedAt || _ratedAt is null ? later._ratedAt ?? _ratedAt : _ratedAt;
        _comments = Join(_comments, later._comments);
        return agrees;
    }

    public async Task WriteAsync(NpgsqlBinaryImporter copy, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(AssessmentId, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(Key, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(_id, NpgsqlDbType.Uuid, ct);
        await RatingStage.WriteAsync(copy, _role, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(_levels, NpgsqlDbType.Array | NpgsqlDbType.Smallint, ct);
        await RatingStage.WriteAsync(copy, _ratedAt, NpgsqlDbType.TimestampTz, ct);
        await RatingStage.WriteAsync(copy, _comments, NpgsqlDbType.Jsonb, ct);
        await copy.WriteAsync(_line, NpgsqlDbType.Bigint, ct);
    }

    private static string? Join(string? earlier, string? later)
    {
        if (earlier is null || later is null)
            return earlier ?? later;
        var said = JsonSerializer.Deserialize<Dictionary<string, string>>(earlier)!;
        foreach (var (item, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(later)!)
            said[item] = text;
        return JsonSerializer.Serialize(said, JsonSerializerOptions.Web);
    }
}
