using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Results;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Looks for values that fit the contract and are still hard to believe: everyone of an assessment answered identically, or its favorable
/// share is far from what the organization's last closed assessment with the instrument said. They warn; whoever knows better accepts them.
/// </summary>
internal sealed class AtypicalCheck(NpgsqlConnection connection, Caller caller)
{
    /// <summary>Identical answers of fewer participants can be chance.</summary>
    public const int MinIdentical = 5;

    /// <summary>How far the favorable share may move from one round to the next, of 1.</summary>
    public const double MaxChange = 0.5;

    /// <summary>Ratings on which a share has to rest to be compared.</summary>
    public const int MinRatings = 50;

    private readonly Dictionary<Guid, int[]> _counts = [];

    /// <summary>Adds what a batch says.</summary>
    public void Count(RatingBatch batch, RatingPacker packer, ScopeResolver scopes)
    {
        for (var s = 0; s < batch.SubjectCount; s++)
        {
            if (!packer.IsTaken(s) || scopes[batch.People[s].Scope].Target is not { } target)
                continue;
            if (!_counts.TryGetValue(target.Id, out var counts))
                _counts[target.Id] = counts = new int[2];
            var levels = packer.LevelsOf(s);
            for (var e = 0; e < levels.Length; e++)
            {
                if (levels[e] is LevelCounts.NotAnswered || target.Layout.Elements[e].Scale.Levels[levels[e]] is not { Score: not null } level)
                    continue;
                counts[0]++;
                counts[1] += level.Favorable ? 1 : 0;
            }
        }
    }

    public async Task WarnAsync(IssueLog issues, IReadOnlyCollection<TargetAssessment> targets, CancellationToken ct)
    {
        await WarnOfIdenticalAsync(issues, ct);
        await WarnOfChangeAsync(issues, targets, ct);
    }

    private async Task WarnOfIdenticalAsync(IssueLog issues, CancellationToken ct)
    {
        await using var command = Statements.Of(
            connection,
            """
            select min(line), count(*), coalesce(min(a.external_id), min(s.assessment_id::text))
            from import_stage s left join pls.assessment a on a.tenant_id = $1 and a.id = s.assessment_id
            group by s.assessment_id having count(*) >= $2 and count(distinct s.levels) = 1
            """,
            caller.TenantId, MinIdentical);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            issues.Add(new(ImportSeverity.Warning, ImportLoadCodes.AtypicalIdentical,
                $"All {reader.GetInt64(1)} participants of this assessment gave the same answer to every item.", reader.GetInt64(0), 0, "level", reader.GetString(2)));
        }
    }

    // The last closed round's stored roll-up of the organization itself is read, one row each.
    private async Task WarnOfChangeAsync(IssueLog issues, IReadOnlyCollection<TargetAssessment> targets, CancellationToken ct)
    {
        var compared = targets.Where(t => _counts.TryGetValue(t.Id, out var counts) && counts[0] >= MinRatings).ToList();
        await using var command = Statements.Of(
            connection,
            """
            select distinct on (a.organization_id, a.instrument_version_id) a.organization_id, a.instrument_version_id, c.counts
            from pls.assessment a
            join pls.assessment_counts c on c.tenant_id = a.tenant_id and c.assessment_id = a.id and c.role = ''
            where a.tenant_id = $1 and a.organization_id = any($2) and a.status in ('closed', 'archived')
            order by a.organization_id, a.instrument_version_id, a.closed_at desc
            """,
            caller.TenantId, compared.Select(t => t.OrganizationId).Distinct().ToArray());
        var last = new Dictionary<(Guid, Guid), int[]>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                last[(reader.GetGuid(0), reader.GetGuid(1))] = reader.GetFieldValue<int[]>(2);
        }

        foreach (var target in compared)
        {
            if (!last.TryGetValue((target.OrganizationId, target.InstrumentVersionId), out var before))
                continue;
            var (then, now) = (ShareOf(target, before), (double)_counts[target.Id][1] / _counts[target.Id][0]);
            if (then is { } share && Math.Abs(share - now) > MaxChange)
            {
                issues.Add(new(ImportSeverity.Warning, ImportLoadCodes.AtypicalChange,
                    $"The favorable share is {now:P0}, and was {share:P0} when this organization last closed an assessment with the instrument.", 0, 0, "level",
                    target.MadeFrom?.AssessmentExternalId ?? target.Id.ToString()));
            }
        }
    }

    private static double? ShareOf(TargetAssessment target, int[] counts)
    {
        var (scored, favorable) = (0L, 0L);
        foreach (var element in target.Layout.Elements)
        {
            for (var l = 0; l < element.Scale.Levels.Count; l++)
            {
                if (element.Scale.Levels[l] is not { Score: not null } level)
                    continue;
                scored += counts[element.CountsOffset + l];
                favorable += level.Favorable ? counts[element.CountsOffset + l] : 0;
            }
        }

        return scored < MinRatings ? null : (double)favorable / scored;
    }
}
