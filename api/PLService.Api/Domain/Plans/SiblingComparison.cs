using PLService.Api.Domain.Results;

namespace PLService.Api.Domain.Plans;

/// <summary>In which quarter of the siblings' figures an organization's lies.</summary>
public enum SiblingQuarter
{
    Bottom,
    Second,
    Third,
    Top,
}

/// <summary>What an organization's active plans take, this one among them, beside those of its siblings.</summary>
/// <param name="Measure">What is compared.</param>
/// <param name="Own">The organization's figure; null when its plans name none.</param>
/// <param name="Siblings">How many siblings have plans that name one; null when that is withheld.</param>
/// <param name="Withheld">Why nothing is told of the siblings; null when it is told.</param>
/// <param name="LowerQuartile">A quarter of them lies below; null when withheld.</param>
/// <param name="Median">Half of them lies below; null when withheld.</param>
/// <param name="UpperQuartile">A quarter of them lies above; null when withheld.</param>
/// <param name="Quarter">Where the organization's figure lies; null when withheld, or without a figure.</param>
internal sealed record SiblingComparison(
    ResourceMeasure Measure, decimal? Own, int? Siblings, WithheldReason? Withheld, decimal? LowerQuartile, decimal? Median, decimal? UpperQuartile, SiblingQuarter? Quarter)
{
    /// <param name="measure">What is compared.</param>
    /// <param name="own">The organization's figure.</param>
    /// <param name="siblings">The siblings' figures; what is 0 was not named.</param>
    /// <param name="minimum">The tenant's least group.</param>
    public static SiblingComparison Of(ResourceMeasure measure, decimal own, IEnumerable<decimal> siblings, int minimum)
    {
        var sorted = siblings.Where(figure => figure > 0).Order().ToArray();
        var named = own > 0 ? own : (decimal?)null;
        if (sorted.Length == 0 || Suppression.IsSmall(sorted.Length, minimum))
            return new(measure, named, null, WithheldReason.SmallGroup, null, null, null, null);
        return new(
            measure, named, sorted.Length, null, Quantile(sorted, 0.25m), Quantile(sorted, 0.5m), Quantile(sorted, 0.75m), named is { } figure ? QuarterOf(figure, sorted) : null);
    }

    private static decimal Quantile(decimal[] sorted, decimal part)
    {
        var place = part * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return decimal.Round(sorted[below] + ((place - below) * (sorted[above] - sorted[below])), 2, MidpointRounding.AwayFromZero);
    }

    /// <summary>By the part of the others that lie below, those that are equal counting for half.</summary>
    private static SiblingQuarter QuarterOf(decimal figure, decimal[] others)
    {
        var below = others.Count(other => other < figure) + (others.Count(other => other == figure) / 2m);
        return (SiblingQuarter)Math.Min(3, (int)(4 * below / others.Length));
    }
}
