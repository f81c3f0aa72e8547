using PLService.Api.Domain.Results;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>In which quarter of the others' shares an organization's lies.</summary>
public enum Quarter
{
    Bottom,
    Second,
    Third,
    Top,
}

/// <summary>How the favorable shares of other organizations spread; quartiles are interpolated between the nearest two.</summary>
/// <param name="Organizations">How many they are, five at least.</param>
/// <param name="Minimum">The least.</param>
/// <param name="LowerQuartile">A quarter of them lies below.</param>
/// <param name="Median">Half of them lies below.</param>
/// <param name="UpperQuartile">A quarter of them lies above.</param>
/// <param name="Maximum">The greatest.</param>
public sealed record Spread(int Organizations, double Minimum, double LowerQuartile, double Median, double UpperQuartile, double Maximum)
{
    /// <summary>Fewer would say too much of each.</summary>
    public const int LeastOrganizations = 5;

    internal static Spread? Of(IEnumerable<double> shares)
    {
        var sorted = shares.Order().ToArray();
        return sorted.Length < LeastOrganizations
            ? null
            : new Spread(sorted.Length, sorted[0], Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1]);
    }

    private static double Quantile(double[] sorted, double part)
    {
        var place = part * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return SixDecimals.Of(sorted[below] + ((place - below) * (sorted[above] - sorted[below])))!.Value;
    }
}

/// <summary>One section, item, standard or axis of an organization among others.</summary>
/// <param name="Section">Code of the section; null when items are together by standard, or all of them.</param>
/// <param name="Item">Code of the item; null when several are together.</param>
/// <param name="Axis">Code of the axis.</param>
/// <param name="N">The organization's responses; null when it is withheld or has none.</param>
/// <param name="FavorableShare">Its share of favorable answers; null when it is withheld or has none.</param>
/// <param name="Quarter">Where that lies among the others; null with fewer than five of them.</param>
/// <param name="Others">How the others spread; null with fewer than five of them.</param>
/// <param name="Standard">Code of the standard, or its identifier where it has none; null without a lens.</param>
/// <param name="Scale">Code of the scale; null without a lens.</param>
/// <param name="Match">How sure the least sure item of the standard is; null without a lens.</param>
public sealed record Standing(
    string? Section,
    string? Item,
    string Axis,
    int? N,
    double? FavorableShare,
    Quarter? Quarter,
    Spread? Others,
    string? Standard = null,
    string? Scale = null,
    LensMatchKind? Match = null)
{
    /// <summary>The standing of an organization among all others that were read.</summary>
    internal static IReadOnlyList<Standing> Of(RollupAnswer answer, Guid organizationId, ReportView view)
    {
        var own = new Dictionary<string, ReportCell>();
        var others = new Dictionary<string, List<double>>();
        var cells = new Dictionary<string, ReportCell>();
        foreach (var (organization, figures) in answer.Figures.Where(f => answer.Withheld(f.Organization, f.Figures.Round) is null))
        {
            foreach (var (key, cell) in ReportCells.Of(answer, figures, view))
            {
                cells.TryAdd(key, cell);
                if (!others.ContainsKey(key))
                    others[key] = [];
                if (organization == organizationId)
                    own[key] = cell;
                else if (cell.FavorableShare is { } share)
                    others[key].Add(share);
            }
        }

        return [.. cells.Select(pair =>
        {
            var (mine, spread) = (own.GetValueOrDefault(pair.Key), Spread.Of(others[pair.Key]));
            var quarter = spread is not null && mine?.FavorableShare is { } share ? QuarterOf(share, others[pair.Key]) : (Quarter?)null;
            return new Standing(
                pair.Value.Section, pair.Value.Item, pair.Value.Axis, mine?.N, mine?.FavorableShare, quarter, spread, pair.Value.Standard, pair.Value.Scale, pair.Value.Match);
        })];
    }

    /// <summary>By the part of the others that lie below, those that are equal counting for half.</summary>
    private static Quarter QuarterOf(double share, List<double> others)
    {
        var below = others.Count(other => other < share) + (others.Count(other => other == share) / 2d);
        return (Quarter)Math.Min(3, (int)(4 * below / others.Count));
    }
}
