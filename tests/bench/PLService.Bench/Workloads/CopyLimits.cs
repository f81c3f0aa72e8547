using System.Diagnostics;
using Npgsql;
using PLService.Bench.Data;

namespace PLService.Bench.Workloads;

/// <summary>
/// The limits of W1: what <c>\copy</c> does with the same rows. The bytes of the file go to the server as they are, as psql sends them.
/// </summary>
internal sealed class CopyLimits(Run run)
{
    private const string RatingColumns = "response_id, item_id, level_id, rated_at, comment";

    /// <summary>
    /// Into the row-per-rating table with its foreign keys, every id resolved beforehand: the ratings alone, their responses are there
    /// already. What is loaded is removed again, off the clock.
    /// </summary>
    public async Task<TimeSpan> IntoRatingsAsync(ImportFile file, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        var resolved = file.Path + ".resolved";
        // The rows go in once to get their ids, and come out as the file that is timed.
        await Staged.RunAsync(connection, StagingTable, ct);
        await CopyInAsync(connection, CopyStaging, file.Path, ct);
        await Staged.RunAsync(connection, Prepare, ct);
        await using (var output = File.CreateText(resolved))
        using (var copy = await connection.BeginTextExportAsync(
            $"copy (select {RatingColumns} from resolved order by place) to stdout (format csv)", ct))
        {
            while (await copy.ReadLineAsync(ct) is { } line)
                await output.WriteLineAsync(line.AsMemory(), ct);
        }

        var elapsed = await CopyInAsync(connection, $"copy rating ({RatingColumns}) from stdin (format csv)", resolved, ct);
        await Staged.RunAsync(connection, Remove, ct);
        await Staged.RunAsync(connection, "vacuum rating, response", ct);
        File.Delete(resolved);
        return elapsed;
    }

    /// <summary>The same file as it is into a temporary table of text columns, without keys: parsing and storing, nothing else.</summary>
    public async Task<TimeSpan> IntoStagingAsync(ImportFile file, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await Staged.RunAsync(connection, StagingTable, ct);
        return await CopyInAsync(connection, CopyStaging, file.Path, ct);
    }

    private static string CopyStaging => $"copy staging ({ImportFile.Header}) from stdin (format csv, header true)";

    private static string StagingTable =>
        $"create temp table staging ({string.Join(", ", ImportFile.Header.Split(',').Select(column => $"{column} text"))}, place serial)";

    private static string Prepare =>
        $"""
        create temp table made as
            select gen_random_uuid() as id, d.assessment_external_id, d.participant_key, a.id as assessment_id
            from (select distinct district_nces_id, assessment_external_id, participant_key from staging) d
            join organization o on o.nces_id = d.district_nces_id
            join assessment a on a.organization_id = o.id and a.status = 'open'
                and a.external_id = d.district_nces_id || '-' || '{Workload.Fifth.Label}';
        insert into response (id, assessment_id, participant_key)
            select id, assessment_id, 'limit-' || participant_key || '-' || id from made;
        create temp table resolved as
            select m.id as response_id, i.id as item_id, l.id as level_id, s.rated_at::timestamptz, s.comment, s.place
            from staging s
            join made m using (assessment_external_id, participant_key)
            join item i on i.code = s.item_code
            join level l on l.code = s.level;
        analyze made;
        """;

    private const string Remove =
        """
        delete from rating r using made m where r.response_id = m.id;
        delete from response r using made m where r.id = m.id;
        """;

    private static async Task<TimeSpan> CopyInAsync(NpgsqlConnection connection, string sql, string path, CancellationToken ct)
    {
        await using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var started = Stopwatch.GetTimestamp();
        // Disposing ends the COPY and commits. The stream below the writer takes the bytes as they are.
        await using (var copy = await connection.BeginTextImportAsync(sql, ct))
            await input.CopyToAsync(((StreamWriter)copy).BaseStream, 1 << 16, ct);
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(run.Bare);
        await connection.OpenAsync(ct);
        return connection;
    }
}
