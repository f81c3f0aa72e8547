using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence.Organizations;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Persistence.Plans;

/// <summary>What is asked of plans below an organization.</summary>
/// <param name="OrganizationId">The organization at the top; null is the caller's root, else the tenant's only one.</param>
/// <param name="Statuses">Which plans count.</param>
/// <param name="On">The day on which it is asked what is overdue; null is today, where each organization is.</param>
/// <param name="Quarters">How many quarters there are figures of, the last one that of today.</param>
internal sealed record PlanProgressQuestion(Guid? OrganizationId, IReadOnlyList<PlanStatus> Statuses, DateOnly? On, int Quarters);

/// <summary>The answer.</summary>
/// <param name="Organization">The organization at the top; null when there is none that the caller reaches, and then there is nothing else either.</param>
/// <param name="Today">The day that counts as today there.</param>
/// <param name="Figures">What plans come to: those of the organization itself, and those of each child with all below it.</param>
/// <param name="Coverage">Who has plans, in the same parts.</param>
/// <param name="Quarters">The trend, oldest quarter first.</param>
/// <param name="Children">All children of the organization, by name.</param>
internal sealed record PlanProgressRows(
    MappedOrganization? Organization, DateOnly Today, IReadOnlyList<PlanProgressFigures> Figures, IReadOnlyList<PlanCoverageFigures> Coverage,
    IReadOnlyList<PlanQuarterFigures> Quarters, IReadOnlyList<MappedOrganization> Children)
{
    public static readonly PlanProgressRows OfNothing = new(null, default, [], [], [], []);
}

/// <summary>
/// Adds up what plans come to over a subtree from their tallies; never reads a step. What was read is remembered, so that most often the database is only
/// asked whether it still holds.
/// </summary>
internal sealed class PlanProgressReader(TenantReader reader, OrganizationMaps maps, TallyCache cache, Caller caller, TimeProvider clock)
{
    public async Task<PlanProgressRows> ReadAsync(PlanProgressQuestion question, CancellationToken ct)
    {
        var tallies = await TalliesAsync(question.OrganizationId ?? caller.OnlyRoot, ct);
        if (tallies.Top is not { } organization || !OrganizationMap.Reaches(caller.Roots, organization))
            return PlanProgressRows.OfNothing;

        var now = clock.GetUtcNow();
        var today = question.On ?? LocalDay.In(organization.TimeZone, now);
        var sums = new PlanProgressSums(QuartersTo(today, question.Quarters), question.On, now);
        foreach (var tally in tallies.All.Where(tally => question.Statuses.Contains(tally.Status)))
            sums.Add(tally);
        return new(
            organization, today, [.. sums.Figures],
            [.. tallies.Open.Select(open => new PlanCoverageFigures(open.Key.Child, open.Key.Kind, open.Value, sums.WithPlan(open.Key.Child, open.Key.Kind)))],
            [.. sums.Quarters], tallies.Children);
    }

    private async Task<MappedTallies> TalliesAsync(Guid? topId, CancellationToken ct)
    {
        // Below the only root of a tenant lies everything.
        var map = maps.Find(caller.TenantId);
        var subtree = map?.OnlyRoot?.Id == topId ? null : topId;
        if (cache.Find(caller.TenantId, subtree) is { } known && await HoldsAsync(known, subtree, ct))
            return known;
        if (map is not null && await ReadAsync(subtree, map, ct) is { } anew)
            return Remembered(subtree, anew);

        // The organizations are not what they were, and what was the only root may be one of several.
        var read = await ReadAsync(topId, map: null, ct) ?? throw new InvalidOperationException("A plan is of an organization that is not there.");
        maps.Remember(caller.TenantId, read.Organizations);
        return Remembered(topId, read);
    }

    private MappedTallies Remembered(Guid? topId, MappedTallies tallies)
    {
        if (tallies.Top is not null)
            cache.Remember(caller.TenantId, topId, tallies);
        return tallies;
    }

    private Task<bool> HoldsAsync(MappedTallies known, Guid? topId, CancellationToken ct) => reader.ExecuteAsync(
        [new(RollupReaderSql.OneMoment), Command(RollupReaderSql.Stamp), Command(MappedTallies.StateSql(topId is null), topId)],
        async (rows, token) => known.Organizations.Stamp == await StampAsync(rows, token) && known.State == await PlansState.ReadAsync(rows, token),
        ct);

    /// <summary>Reads the tallies, and without a map that too; null when <paramref name="map"/> does not hold any more.</summary>
    private Task<MappedTallies?> ReadAsync(Guid? topId, OrganizationMap? map, CancellationToken ct)
    {
        List<NpgsqlBatchCommand> commands = [new(RollupReaderSql.OneMoment), Command(RollupReaderSql.Stamp)];
        if (map is null)
            commands.Add(Command(OrganizationMap.Sql));
        commands.AddRange([Command(MappedTallies.StateSql(topId is null), topId), Command(MappedTallies.Sql(topId is null), topId)]);
        return reader.ExecuteAsync(
            commands,
            async (rows, token) =>
            {
                var stamp = await StampAsync(rows, token);
                if (map is null)
                {
                    map = await OrganizationMap.ReadAsync(stamp, rows, token);
                    await rows.NextResultAsync(token);
                }

                if (map.Stamp != stamp)
                    return null;
                var state = await PlansState.ReadAsync(rows, token);
                await rows.NextResultAsync(token);
                return await MappedTallies.ReadAsync(map, topId, state, rows, token);
            },
            ct);
    }

    private NpgsqlBatchCommand Command(string sql, Guid? topId = null)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller.TenantId } } };
        if (topId is { } top)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = top });
        return command;
    }

    /// <summary>A tenant without one has the stamp 0. The reader goes on to the next result.</summary>
    private static async Task<long> StampAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var stamp = await rows.ReadAsync(ct) ? rows.GetInt64(0) : 0;
        await rows.NextResultAsync(ct);
        return stamp;
    }

    private static List<(DateOnly First, DateOnly Last)> QuartersTo(DateOnly day, int count)
    {
        var last = new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1);
        return [.. Enumerable.Range(1 - count, count).Select(n => last.AddMonths(3 * n)).Select(first => (first, first.AddMonths(3).AddDays(-1)))];
    }
}
