using Npgsql;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Puts the parts of participants whose rows are scattered over the file together, some thousand at a time so that memory stays bounded.
/// </summary>
internal sealed class RatingMerge(NpgsqlConnection connection)
{
    /// <summary>So many participants may contradict themselves; of more the file as a whole is not worth taking.</summary>
    private const int MaxContradicting = 100_000;

    /// <summary>Merges; gives those participants of whom two parts say different levels on the same item.</summary>
    /// <exception cref="ImportFileException">There are too many of them.</exception>
    public async Task<HashSet<(Guid Assessment, string Key)>> MergeAsync(CancellationToken ct)
    {
        await Statements.ExecuteAsync(connection,
            """
            create temp table import_parts on commit drop as
            select assessment_id, participant_key from import_stage group by assessment_id, participant_key having count(*) > 1;
            alter table import_parts add primary key (assessment_id, participant_key)
            """, ct);
        var contradicting = new HashSet<(Guid, string)>();
        while (await MergeSomeAsync(contradicting, ct))
        {
        }

        return contradicting;
    }

    private async Task<bool> MergeSomeAsync(HashSet<(Guid, string)> contradicting, CancellationToken ct)
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
        var merged = new List<StagedPart>();
        await using (var command = new NpgsqlCommand(Take, connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var part = StagedPart.Read(reader);
                if (merged is not [.., var last] || last.AssessmentId != part.AssessmentId || last.Key != part.Key)
                    merged.Add(part);
                else if (!last.Take(part))
                    Note(last, contradicting);
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

    private static void Note(StagedPart part, HashSet<(Guid, string)> contradicting)
    {
        contradicting.Add((part.AssessmentId, part.Key));
        if (contradicting.Count > MaxContradicting)
        {
            throw new ImportFileException(ImportCodes.ConflictingRow,
                $"More than {MaxContradicting:N0} participants have different levels on the same item in different places of the file. Check how it was put together.");
        }
    }
}
