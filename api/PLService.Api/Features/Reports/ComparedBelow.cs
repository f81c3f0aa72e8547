using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>What became of the items of one organization below, before it is told what plans did about them.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Withheld">Why nothing is told.</param>
/// <param name="Counts">How many items became what, nothing acted on yet; null when withheld or one of the rounds is missing.</param>
/// <param name="Period">When plans can have worked on them.</param>
/// <param name="Gaps">The gaps of either round, as what plans act on names them, and whether they closed.</param>
internal sealed record ComparedBelow(
    RollupOrganization Organization, WithheldReason? Withheld, GapCounts? Counts, PlanPeriod Period, IReadOnlyList<(string Line, bool Closed)> Gaps)
{
    /// <summary>All organizations of the answer, in its order.</summary>
    public static List<ComparedBelow> Of(RollupAnswer answer, string? from, string to)
    {
        if (answer.Instrument.Versions.Count == 0)
            return answer.Rows.Children.ConvertAll(child => new ComparedBelow(child, null, null, default, []));
        var openings = answer.Rows.People.Where(row => row.Role.Length == 0).GroupBy(row => (row.OrganizationId, row.Round)).ToDictionary(rows => rows.Key, rows => rows.Min(row => row.FirstOpenedAt));
        var comparison = GapComparison.Of(answer);
        return answer.Rows.Children.ConvertAll(child =>
        {
            var isThere = openings.TryGetValue((child.Id, to), out var now);
            DateTimeOffset then = default;
            if (!isThere || (from is not null && !openings.TryGetValue((child.Id, from), out then)))
                return new ComparedBelow(child, null, null, default, []);
            if ((answer.Withheld(child.Id, to) ?? (from is null ? null : answer.Withheld(child.Id, from))) is { } withheld)
                return new ComparedBelow(child, withheld, null, default, []);

            var items = comparison.Compare(child.Id, from, to);
            var gaps = items.Where(item => item.IsGap)
                .Select(item => (ActedItems.LineOf(answer.Question.Instrument, item.Element.Element.Item.Code), item.Change is GapChange.Closed)).ToList();
            return new ComparedBelow(child, null, GapComparison.CountsOf(items), PlanPeriod.Between(from is null ? null : then, now), gaps);
        });
    }

    /// <summary>The same with what the organization's plans did.</summary>
    public GapOrganization With(IReadOnlyCollection<ActingPlan> plans)
    {
        if (Counts is null || Gaps.Count == 0 || plans.Count == 0)
            return new GapOrganization(ReportOrganization.Of(Organization), Withheld, Counts);

        var period = Period;
        var acting = plans.Where(plan => period.Touches(plan.StartsOn, plan.EndsOn)).ToList();
        var actedOn = Gaps.Where(gap => acting.Exists(plan => ActedItems.Name(plan.ActsOn, gap.Line))).ToList();
        return new GapOrganization(
            ReportOrganization.Of(Organization), Withheld, Counts with { ActedOn = actedOn.Count, ClosedAndActedOn = actedOn.Count(gap => gap.Closed) });
    }
}
