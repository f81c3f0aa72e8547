namespace PLService.Api.Domain.Results;

/// <summary>What became of an item between two rounds.</summary>
public enum GapChange
{
    /// <summary>It is a gap now and was none.</summary>
    Opened,

    /// <summary>It was a gap and is none any more.</summary>
    Closed,

    /// <summary>It was a gap and is a greater one: its favorable share is lower by more than five points of a hundred.</summary>
    Widened,

    /// <summary>It was a gap and is a smaller one: its favorable share is higher by more than five points of a hundred.</summary>
    Narrowed,

    /// <summary>It was a gap and is about the same.</summary>
    Stayed,

    /// <summary>It was none, and is none.</summary>
    NoGap,
}

/// <summary>An item at one time, as far as it decides what became of it.</summary>
/// <param name="IsGap">Whether the instrument's rules make it a gap.</param>
/// <param name="FavorableShare">Share of favorable answers, 0 to 1.</param>
internal readonly record struct GapState(bool IsGap, double FavorableShare)
{
    /// <summary>A favorable share that differs by no more is about the same: one answer of twenty.</summary>
    public const double Margin = 0.05;

    // Shares are quotients: what is exactly the margin must not depend on how they are rounded.
    private const double Tolerance = 1e-9;

    public GapChange To(GapState now) => (IsGap, now.IsGap) switch
    {
        (false, false) => GapChange.NoGap,
        (false, true) => GapChange.Opened,
        (true, false) => GapChange.Closed,
        _ when now.FavorableShare < FavorableShare - Margin - Tolerance => GapChange.Widened,
        _ when now.FavorableShare > FavorableShare + Margin + Tolerance => GapChange.Narrowed,
        _ => GapChange.Stayed,
    };
}
