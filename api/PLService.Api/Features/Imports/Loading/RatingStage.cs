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
    // A file of which participants contradict themselves is read a second time.
    private const string Create =
        """
        drop table if exists import_parts, import_stage;
        create temp table import_stage (
            assessment_id uuid not null, participant_key text not null, id uuid not null, role text, levels smallint[] not null,
            rated_at timestamptz, comments jsonb, line bigint not null
        ) on commit drop
        """;

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
        _batches++;
    }

    /// <summary>Whether a participant can have several rows: they came in several batches, or under several names of one assessment.</summary>
    public bool MayRepeat(ScopeResolver scopes) => _batches > 1 || scopes.HasAliases;

    /// <summary>In an anonymous assessment not even the file's key is kept, only what recognizes it when the same file comes again.</summary>
    public static string KeyOf(TargetAssessment target, ReadOnlySpan<byte> key)
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
            if (!packer.IsTaken(subject) || packer.IsRejected(batch.RecordOfComment(i)))
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

    public static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type, CancellationToken ct) =>
        value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, type, ct);
}
