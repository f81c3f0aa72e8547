using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Results;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>What the cells of a report are.</summary>
public enum ReportGrouping
{
    /// <summary>The items of each section together, on each axis.</summary>
    Section,

    /// <summary>Each item on each axis.</summary>
    Item,

    /// <summary>All items together, on each axis.</summary>
    Axis,

    /// <summary>The items that speak to each standard of the lens together, on each axis and scale.</summary>
    Standard,
}

/// <summary>What the instrument's thresholds make of a section, item or standard.</summary>
public enum ReportFinding
{
    /// <summary>It meets the rule for strengths.</summary>
    Strength,

    /// <summary>It meets the rule for gaps, and not the one for strengths.</summary>
    Gap,
}

/// <summary>An organization as a report names it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What kind of node it is.</param>
/// <param name="Name">Its name.</param>
public sealed record ReportOrganization(Guid Id, OrganizationKind Kind, string Name)
{
    internal static readonly ReportOrganization Sample =
        new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000002"), OrganizationKind.State, "Example State");

    internal static ReportOrganization Of(RollupOrganization organization) => new(organization.Id, organization.Kind, organization.Name);
}

/// <summary>An item that changed its levels between versions, so that its figures cannot be added up.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Axis">Code of the axis.</param>
/// <param name="Versions">The versions in which it has the same levels; it has a cell of its own for them.</param>
public sealed record UnmergedItem(string Item, string Axis, IReadOnlyList<string> Versions);

/// <summary>How much is withheld so that no small group can be seen or found by subtraction.</summary>
/// <param name="Count">How many: rounds of a report, or organizations of a comparison or list.</param>
/// <param name="SmallGroup">Because fewer people than the tenant's minimum stand behind them.</param>
/// <param name="Complementary">Because a small group could be found by subtracting them from what is shown.</param>
public sealed record WithheldFigures(int Count, int SmallGroup, int Complementary)
{
    internal static WithheldFigures Of(IEnumerable<WithheldReason?> reasons)
    {
        var given = reasons.OfType<WithheldReason>().ToList();
        var small = given.Count(reason => reason is WithheldReason.SmallGroup);
        return new WithheldFigures(given.Count, small, given.Count - small);
    }
}

/// <summary>How often a level was chosen.</summary>
/// <param name="Level">Code of the level.</param>
/// <param name="Count">Answers of this level.</param>
/// <param name="Share">Of all answers, those without a score included, 0 to 1; null when nobody answered.</param>
public sealed record ReportLevel(string Level, int Count, double? Share);

/// <summary>Figures of a section, an item, a standard or all items on one axis.</summary>
/// <param name="Section">Code of the section; null when items are together by standard, or all of them.</param>
/// <param name="Item">Code of the item; null when several are together.</param>
/// <param name="Axis">Code of the axis.</param>
/// <param name="Versions">The instrument versions that the figures come from.</param>
/// <param name="N">Responses whose instrument version has the item or items.</param>
/// <param name="Organizations">Organizations with a closed assessment; one that used two versions in the round counts for each.</param>
/// <param name="Assessments">Closed assessments.</param>
/// <param name="Answered">Answers of any level.</param>
/// <param name="Distribution">Every level in the order of the scale; null where items of several scales are together.</param>
/// <param name="FavorableShare">Share of the scored answers that are favorable, 0 to 1.</param>
/// <param name="FavorableShareChange">Against the round before; null in the first round and where that is withheld.</param>
/// <param name="Mean">Mean of the scores; null where items of several scales are together.</param>
/// <param name="Consensus">Agreement, 0 to 1 (Tastle and Wierman 2007).</param>
/// <param name="Finding">Whether the instrument's thresholds make it a strength or a gap; only on the first axis.</param>
/// <param name="Standard">Code of the standard, or its identifier where it has none; null without a lens.</param>
/// <param name="Scale">Code of the scale, which tells cells of one standard and axis apart; null without a lens.</param>
/// <param name="Match">How sure it is that the items speak to the standard, of the least sure one; null without a lens.</param>
public sealed record ReportCell(
    string? Section,
    string? Item,
    string Axis,
    IReadOnlyList<string> Versions,
    int N,
    int Organizations,
    int Assessments,
    int Answered,
    IReadOnlyList<ReportLevel>? Distribution,
    double? FavorableShare,
    double? FavorableShareChange,
    double? Mean,
    double? Consensus,
    ReportFinding? Finding,
    string? Standard = null,
    string? Scale = null,
    LensMatchKind? Match = null)
{
    internal static readonly ReportCell Sample = new(
        "VIS", null, "status", ["1.0"], 2104, 84, 84, 12600,
        [new("green", 6300, 0.5), new("yellow", 4410, 0.35), new("red", 1890, 0.15)], 0.5, 0.04, 1.35, 0.62, null);

    /// <summary>The same with what changed against another share.</summary>
    internal ReportCell ChangedFrom(double? before) => this with { FavorableShareChange = SixDecimals.Of(FavorableShare - before) };
}
