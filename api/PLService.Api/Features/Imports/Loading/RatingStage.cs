using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Results;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>Packed responses of the file in a temporary table, one row per participant and batch, and then one per participant.</summary>
internal sealed class RatingStage(NpgsqlConnection connection)
{
    private const string Create =
        """
        create temp table import_stage (
            assessment_id uuid not null, participant_key text not null, id uuid not null, role text, levels smallint[] not null,
            rated_at timestamptz, comments jsonb, line bigint not null
        ) on commit drop
        """;

    private bool _mayRepeat;
    private int _batches;

    public Task CreateAsync(CancellationToken ct) => Statements.ExecuteAsync(connection, Create, ct);

    /// <summary>Writes the participants of a batch of which anything was taken.</summary>
    public async Task WriteAsync(RatingBatch batch, RatingPacker packer, ScopeResolver scopes, CancellationToken ct)
    {
        var comments = CommentsOf(batch, packer, scopes);
        var lines = FirstLines(batch);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy import_stage (assessment_id, participant_key, id, role, levels, rated_at, comments, line) from stdin (format binary)", ct);
        for (var s = 0; s < batch.SubjectCount; s++)
        {
            if (!packer.IsTaken(s))
                continue;
            var person = batch.People[s];
            var target = scopes[person.Scope].Target!;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(target.Id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(KeyOf(target, batch.KeyOf(s)), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, ct);
            await WriteAsync(copy, person.Role < 0 ? null : batch.Roles.Span[person.Role], NpgsqlDbType.Text, ct);
            await copy.WriteAsync(Nullable(packer.LevelsOf(s)), NpgsqlDbType.Array | NpgsqlDbType.Smallint, ct);
            await WriteAsync(copy, person.RatedAtTicks == 0 ? null : (object)new DateTime(person.RatedAtTicks, DateTimeKind.Utc), NpgsqlDbType.TimestampTz, ct);
            await WriteAsync(copy, comments?.GetValueOrDefault(s) is { } said ? JsonSerializer.Serialize(said, JsonSerializerOptions.Web) : null, NpgsqlDbType.Jsonb, ct);
            await copy.WriteAsync((long)lines[s], NpgsqlDbType.Bigint, ct);
        }

        await copy.CompleteAsync(ct);
        _mayRepeat |= ++_batches > 1;
    }

    /// <summary>
    /// Puts the parts of participants whose rows are scattered over the file together, some thousand at a time so that memory stays bounded.
    /// Two different levels on the same item are a conflict, reported with the line where the later part begins.
    /// </summary>
    public async Task MergePartsAsync(IssueLog issues, CancellationToken ct)
    {
        if (!_mayRepeat)
            return;
        await Statements.ExecuteAsync(connection,
            """
            create temp table import_parts on commit drop as
            select assessment_id, participant_key from import_stage group by assessment_id, participant_key having count(*) > 1;
            alter table import_parts add primary key (assessment_id, participant_key)
            """, ct);
        while (await MergeSomeAsync(issues, ct))
        {
        }
    }

    private async Task<bool> MergeSomeAsync(IssueLog issues, CancellationToken ct)
    {
        const string Take =
            """
            with chosen as (
                delete from import_parts where (assessment_id, participant_key) in (select assessment_id, participant_key from import_parts limit 5000)
                returning assessment_id, participant_key
            ), parts as (
                delete from import_stage s using chosen where s.assessment_id = chosen.assessment_id and s.participant_key = chosen.participant_key
                returning s.*
            )
            select assessment_id, participant_key, id, role, levels, rated_at, comments::text, line from parts order by assessment_id, participant_key, line
            """;
        var merged = new List<Part>();
        await using (var command = new NpgsqlCommand(Take, connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var part = Part.Read(reader);
                if (merged is [.., var last] && last.AssessmentId == part.AssessmentId && last.Key == part.Key)
                    last.Take(part, issues);
                else
                    merged.Add(part);
            }
        }

        if (merged.Count == 0)
            return false;
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy import_stage (assessment_id, participant_key, id, role, levels, rated_at, comments, line) from stdin (format binary)", ct);
        foreach (var part in merged)
            await part.WriteAsync(copy, ct);
        await copy.CompleteAsync(ct);
        return true;
    }

    /// <summary>In an anonymous assessment not even the file's key is kept, only what recognizes it when the same file comes again.</summary>
    private static string KeyOf(TargetAssessment target, ReadOnlySpan<byte> key)
    {
        var text = Encoding.UTF8.GetString(key);
        return target.Mode is AssessmentMode.Anonymous
            ? "a-" + Convert.ToHexStringLower(HMACSHA256.HashData(target.Id.ToByteArray(), key))[..40]
            : text;
    }

    private static short?[] Nullable(ReadOnlySpan<short> levels)
    {
        var nullable = new short?[levels.Length];
        for (var i = 0; i < levels.Length; i++)
            nullable[i] = levels[i] is LevelCounts.NotAnswered ? null : levels[i];
        return nullable;
    }

    private static int[] FirstLines(RatingBatch batch)
    {
        var lines = new int[batch.SubjectCount];
        for (var cell = batch.Count - 1; cell >= 0; cell--)
            lines[batch.Subjects[cell]] = batch.Lines[cell];
        return lines;
    }

    // Comments are filed under the item's code as the instrument writes it.
    private static Dictionary<int, Dictionary<string, string>>? CommentsOf(RatingBatch batch, RatingPacker packer, ScopeResolver scopes)
    {
        if (batch.CommentCount == 0)
            return null;
        var comments = new Dictionary<int, Dictionary<string, string>>();
        for (var i = 0; i < batch.CommentCount; i++)
        {
            var (subject, question, text) = batch.Comment(i);
            if (!packer.IsTaken(subject))
                continue;
            var item = "";
            if (question >= 0)
            {
                var asked = batch.QuestionTable.Span[question];
                if (!scopes[batch.People[subject].Scope].Target!.Layout.TryFind(asked.ItemCode, asked.Axis, out var element))
                    continue;
                item = element.Item.Code;
            }

            if (!comments.TryGetValue(subject, out var said))
                comments[subject] = said = new(StringComparer.Ordinal);
            said[item] = text;
        }

        return comments;
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type, CancellationToken ct) =>
        value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, type, ct);

    /// <summary>What one batch held of a participant.</summary>
    private sealed class Part
    {
        public Guid AssessmentId { get; private init; }
        public string Key { get; private init; } = "";
        private Guid _id;
        private string? _role;
        private short?[] _levels = [];
        private DateTime? _ratedAt;
        private string? _comments;
        private long _line;

        public static Part Read(NpgsqlDataReader row) => new()
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

        public void Take(Part later, IssueLog issues)
        {
            for (var i = 0; i < _levels.Length; i++)
            {
                if (_levels[i] is { } level && later._levels[i] is { } other && other != level)
                {
                    issues.Add(new(ImportSeverity.Error, ImportCodes.ConflictingRow,
                        "An earlier row of the file gives this participant another level on the same item.", later._line, 0, "participant_key", ImportIssue.Cut(Key)));
                }

                _levels[i] ??= later._levels[i];
            }

            _role = later._role ?? _role;
            _ratedAt = later._ratedAt > _ratedAt || _ratedAt is null ? later._ratedAt ?? _ratedAt : _ratedAt;
            _comments = Join(_comments, later._comments);
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
}

/// <summary>Short ways to run a statement of an import, which may take its time.</summary>
internal static class Statements
{
    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = Of(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static NpgsqlCommand Of(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in parameters)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}
