using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Results;

namespace PLService.Api.Features.Reports;

/// <summary>What the rows of a report of gaps are.</summary>
public enum GapGrouping
{
    /// <summary>The items of the instrument, with what was done about each.</summary>
    Item,

    /// <summary>The organizations below, with how many gaps each has.</summary>
    Organization,
}

/// <summary>A round of an organization.</summary>
/// <param name="Label">Its label.</param>
/// <param name="FirstOpenedAt">When its first assessment opened there.</param>
/// <param name="Withheld">Why its figures are withheld; null when they are shown.</param>
/// <param name="N">Responses; null when withheld.</param>
public sealed record GapRound(string Label, DateTimeOffset FirstOpenedAt, WithheldReason? Withheld, int? N);

/// <summary>An item in one round, on the instrument's first axis.</summary>
/// <param name="Withheld">Why figures are withheld; null when they are shown.</param>
/// <param name="N">Answers that carry a score; null when withheld.</param>
/// <param name="FavorableShare">Share of them that are favorable, 0 to 1; null without any.</param>
/// <param name="Mean">Mean of the scores.</param>
/// <param name="IsGap">Whether the rules of the newest version make it a gap; null when withheld.</param>
public sealed record GapLevel(WithheldReason? Withheld, int? N, double? FavorableShare, double? Mean, bool? IsGap);

/// <summary>A priority that the team made of an item.</summary>
/// <param name="Id">The priority.</param>
/// <param name="ListId">Its list.</param>
/// <param name="Status">What became of it.</param>
public sealed record GapPriority(Guid Id, Guid ListId, PriorityStatus Status);

/// <summary>A strategy that acts on an item.</summary>
/// <param name="PlanId">Its plan.</param>
/// <param name="Id">The strategy.</param>
/// <param name="PriorityId">The priority that it refers to.</param>
public sealed record GapStrategy(Guid PlanId, Guid Id, Guid? PriorityId);

/// <summary>A step that acts on an item.</summary>
/// <param name="PlanId">Its plan.</param>
/// <param name="Id">The step.</param>
/// <param name="Status">How far it is.</param>
/// <param name="PriorityId">The priority that it or its strategy refers to; null where it names the rating itself.</param>
public sealed record GapStep(Guid PlanId, Guid Id, StepStatus Status, Guid? PriorityId);

/// <summary>An item in two rounds, with what was done about it in between.</summary>
/// <param name="Section">Code of its section.</param>
/// <param name="Item">Code of the item: by it, items of different versions are the same.</param>
/// <param name="Title">Its wording in the newest version that has it, in English.</param>
/// <param name="Then">In the earlier round; null where it was not asked.</param>
/// <param name="Now">In the later round; null where it was not asked.</param>
/// <param name="LevelsChanged">Whether a version changed its levels in between, so that the two are not compared.</param>
/// <param name="FavorableShareChange">Favorable share now, less that of then.</param>
/// <param name="Change">What became of it; null where one of the two is missing or withheld.</param>
/// <param name="ActedOn">Whether a strategy, or a step that was not dropped, acts on it.</param>
/// <param name="Priorities">Priorities made of it: those of the earlier round, and those that strategies and steps refer to.</param>
/// <param name="Strategies">Strategies that act on it.</param>
/// <param name="Steps">Steps that act on it.</param>
/// <param name="StepCounts">How far those are.</param>
public sealed record GapItem(
    string Section,
    string Item,
    string Title,
    GapLevel? Then,
    GapLevel? Now,
    bool LevelsChanged,
    double? FavorableShareChange,
    GapChange? Change,
    bool ActedOn,
    IReadOnlyList<GapPriority> Priorities,
    IReadOnlyList<GapStrategy> Strategies,
    IReadOnlyList<GapStep> Steps,
    StepCounts StepCounts)
{
    private static readonly Guid SamplePlan = Guid.Parse("01a2b3c4-0000-7000-8000-000000000400");
    private static readonly Guid SamplePriority = Guid.Parse("01a2b3c4-0000-7000-8000-000000000601");

    internal static readonly GapItem Sample = new(
        "STR", "STR.2", "Teams meet for learning each week.", new(null, 25, 0.2, 0.68, true), new(null, 27, 0.55, 1.3, false), false, 0.35, GapChange.Closed, true,
        [new(SamplePriority, Guid.Parse("01a2b3c4-0000-7000-8000-000000000600"), PriorityStatus.Adopted)], [],
        [new(SamplePlan, Guid.Parse("01a2b3c4-0000-7000-8000-000000000402"), StepStatus.Done, SamplePriority)], new(0, 0, 1, 0));
}

/// <summary>How many items became what.</summary>
/// <param name="GapsThen">Gaps in the earlier round.</param>
/// <param name="GapsNow">Gaps in the later round.</param>
/// <param name="Opened">Gaps now that were none.</param>
/// <param name="Closed">Gaps that are none any more.</param>
/// <param name="Widened">Gaps whose favorable share is lower by more than 0.05.</param>
/// <param name="Narrowed">Gaps whose favorable share is higher by more than 0.05.</param>
/// <param name="Stayed">Gaps that are about the same.</param>
/// <param name="ActedOn">Gaps of either round that a strategy, or a step that was not dropped, acts on.</param>
/// <param name="ClosedAndActedOn">Those of them that closed.</param>
/// <param name="NotCompared">Items of which one of the two is missing, withheld or changed in its levels.</param>
public sealed record GapCounts(
    int GapsThen, int GapsNow, int Opened, int Closed, int Widened, int Narrowed, int Stayed, int ActedOn, int ClosedAndActedOn, int NotCompared)
{
    internal static readonly GapCounts None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public static GapCounts operator +(GapCounts one, GapCounts other) => new(
        one.GapsThen + other.GapsThen, one.GapsNow + other.GapsNow, one.Opened + other.Opened, one.Closed + other.Closed, one.Widened + other.Widened,
        one.Narrowed + other.Narrowed, one.Stayed + other.Stayed, one.ActedOn + other.ActedOn, one.ClosedAndActedOn + other.ClosedAndActedOn, one.NotCompared + other.NotCompared);
}

/// <summary>An organization below, with everything below it.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Withheld">Why its figures of one of the rounds are withheld; null when they are shown.</param>
/// <param name="Counts">How many items became what; null when withheld, or one of the rounds is missing there.</param>
public sealed record GapOrganization(ReportOrganization Organization, WithheldReason? Withheld, GapCounts? Counts);

/// <summary>Which organizations the counts are of.</summary>
/// <param name="Organizations">All that were asked for.</param>
/// <param name="Compared">Those whose counts are added up.</param>
/// <param name="WithoutBothRounds">Those that have no closed assessment in one of the rounds.</param>
/// <param name="Withheld">Those whose figures are withheld, and why.</param>
public sealed record GapCoverage(int Organizations, int Compared, int WithoutBothRounds, WithheldFigures Withheld);
