using Npgsql;
using NpgsqlTypes;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Finds ratings whose level asks for a comment while neither the file nor what is stored has one. Who answers on a screen is stopped there;
/// a file of answers given elsewhere is not worthless without, so that this warns.
/// </summary>
internal sealed class CommentCheck(NpgsqlConnection connection, Caller caller)
{
    private const string Missing =
        """
        select q.item, q.level, count(*), min(s.line)
        from unnest($2::uuid[], $3::int[], $4::smallint[], $5::text[], $6::text[]) q(assessment_id, place, ordinal, item, level)
        join import_stage s on s.assessment_id = q.assessment_id and s.levels[q.place] = q.ordinal
        where coalesce(s.comments ? q.item, false) is false and not exists (
            select from pls.response r
            where r.tenant_id = $1 and r.assessment_id = s.assessment_id and r.participant_key = s.participant_key and r.comments ? q.item)
        group by q.item, q.level order by min(s.line), q.item
        """;

    public async Task WarnAsync(IssueLog issues, IReadOnlyCollection<TargetAssessment> targets, CancellationToken ct)
    {
        var asking = (
            from target in targets
            from element in target.Layout.Elements
            from ordinal in Enumerable.Range(0, element.Scale.Levels.Count)
            where element.Scale.Levels[ordinal].CommentRequired
            select (target.Id, Place: element.Index + 1, Ordinal: (short)ordinal, Item: element.Item.Code, Level: element.Scale.Levels[ordinal].Code)).ToList();
        if (asking.Count == 0)
            return;

        await using var command = Statements.Of(
            connection,
            Missing,
            caller.TenantId,
            asking.Select(q => q.Id).ToArray(),
            asking.Select(q => q.Place).ToArray(),
            new NpgsqlParameter { Value = asking.Select(q => q.Ordinal).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint },
            asking.Select(q => q.Item).ToArray(),
            asking.Select(q => q.Level).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            issues.Add(new(ImportSeverity.Warning, ImportLoadCodes.NoComment,
                $"{reader.GetInt64(2)} participants chose {reader.GetString(1)} on {reader.GetString(0)}, which asks for a comment, and gave none.",
                reader.GetInt64(3), 0, "comment", reader.GetString(1)));
        }
    }
}
