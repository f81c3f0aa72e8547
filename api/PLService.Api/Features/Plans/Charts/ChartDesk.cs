using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>Reads what charts are computed from.</summary>
internal sealed class ChartDesk(PLServiceDbContext db, StandardLineage lineage, TimeProvider clock)
{
    private const int LabelMaxLength = 200;

    private static readonly PlanPartKind[] Shown = [PlanPartKind.Strategy, PlanPartKind.Step, PlanPartKind.Obstacle];

    /// <summary>The chart of a plan as of now; null when there is no such plan for the caller.</summary>
    public async Task<PlanChart?> MakeAsync(Guid planId, CancellationToken ct)
    {
        if (await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == planId, ct) is not { } plan)
            return null;
        var chart = ChartMaker.Make(await SourceAsync(plan, await PartsOf(planId).AsNoTracking().ToListAsync(ct), ct));
        return await NamedAsync(chart, ct);
    }

    /// <summary>The parts of a plan that its chart shows, in their order.</summary>
    public IQueryable<PlanPart> PartsOf(Guid planId) =>
        db.PlanParts.Where(part => part.PlanId == planId && Shown.Contains(part.Kind)).OrderBy(part => part.Position).ThenBy(part => part.Id);

    /// <summary>All that the chart of a plan with these parts is computed from.</summary>
    public async Task<ChartSource> SourceAsync(Plan plan, IReadOnlyList<PlanPart> parts, CancellationToken ct)
    {
        var of = parts.ToLookup(part => part.Kind);
        List<KeyValuePair<Guid, T>> Read<T>(PlanPartKind kind) => [.. of[kind].Select(part => KeyValuePair.Create(part.Id, PlanJson.Read<T>(part.Content)))];

        var (strategies, steps) = (Read<StrategyContent>(PlanPartKind.Strategy), of[PlanPartKind.Step].Select(ChartStep.Of).ToList());
        var organization = await db.Organizations.Where(o => o.Id == plan.OrganizationId).Select(o => new ChartOrganization(o.Id, o.Name, o.Kind)).SingleAsync(ct);
        var held = await db.CheckIns.Where(checkIn => checkIn.PlanId == plan.Id).OrderBy(checkIn => checkIn.Mark)
            .Select(checkIn => new { checkIn.Id, checkIn.Mark, checkIn.HeldOn, checkIn.EarlyReason, checkIn.Content, checkIn.Outcomes }).ToListAsync(ct);
        return new(
            plan.Id, plan.Status, organization, PlanJson.Read<PlanContent>(plan.Content), strategies, steps, Read<ObstacleContent>(PlanPartKind.Obstacle),
            held.ConvertAll(one => new HeldCheckIn(
                one.Id, one.Mark, one.HeldOn, one.EarlyReason, PlanJson.Read<CheckInContent>(one.Content), PlanJson.Read<IReadOnlyList<StepOutcome>>(one.Outcomes))),
            await StandardsAsync([.. strategies.SelectMany(strategy => strategy.Value.Serves).Concat(steps.SelectMany(step => step.Content.Serves)).Distinct()], ct));
    }

    /// <summary>A chart with the names that people and teams have today.</summary>
    public async Task<PlanChart> NamedAsync(PlanChart chart, CancellationToken ct) =>
        ChartNames.Name(chart, await db.OwnerNamesOfAsync(ChartNames.In(chart), ct));

    /// <summary>The day that it is where the organization is.</summary>
    public async Task<DateOnly> TodayAsync(Guid organizationId, CancellationToken ct)
    {
        var zone = await db.Organizations.Where(o => o.Id == organizationId).Select(o => o.TimeZone).SingleAsync(ct);
        return LocalDay.In(zone, clock.GetUtcNow());
    }

    private async Task<IReadOnlyDictionary<ServedStandard, ChartElement>> StandardsAsync(IReadOnlyList<ServedStandard> served, CancellationToken ct)
    {
        if (served.Count == 0)
            return new Dictionary<ServedStandard, ChartElement>();
        var today = await lineage.TodayAsync([.. served.Select(standard => (standard.Framework, standard.Code))], ct);
        var ids = today.Values.Distinct().ToArray();
        var found = await (
            from standard in db.Standards
            join framework in db.Frameworks on new { standard.TenantId, Id = standard.FrameworkId } equals new { framework.TenantId, framework.Id }
            where ids.Contains(standard.Id)
            // The tenant's own before one of the catalog.
            orderby standard.TenantId descending
            select new { standard.Id, Framework = framework.Code, standard.Code, standard.Label, standard.Statement }).ToListAsync(ct);
        var named = found.DistinctBy(standard => standard.Id).ToDictionary(standard => standard.Id);
        return served.Where(standard => today.TryGetValue((standard.Framework, standard.Code), out var id) && named.ContainsKey(id)).ToDictionary(
            standard => standard,
            standard => named[today[(standard.Framework, standard.Code)]] is var now
                ? new ChartElement(now.Framework ?? standard.Framework, now.Code ?? standard.Code, now.Label ?? Cut(now.Statement), now.Id)
                : throw new InvalidOperationException("A standard was found and is not there."));
    }

    private static string Cut(string statement) => statement.Length <= LabelMaxLength ? statement : statement[..(LabelMaxLength - 3)] + "...";
}
