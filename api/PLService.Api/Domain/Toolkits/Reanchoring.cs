namespace PLService.Api.Domain.Toolkits;

/// <summary>
/// Finds the passages of one revision of a text in the next. What lies wholly before or wholly behind all changes keeps its place; else the
/// very words are looked for, then words very like them near the old place. What is not found is not guessed at.
/// </summary>
internal sealed class Reanchoring
{
    private readonly AnchoredText before;
    private readonly AnchoredText after;
    private readonly int same;
    private readonly int sameAtEnd;

    public Reanchoring(AnchoredText before, AnchoredText after)
    {
        (this.before, this.after) = (before, after);
        var (old, next) = (before.Text, after.Text);
        same = old.AsSpan().CommonPrefixLength(next);
        var most = Math.Min(old.Length, next.Length) - same;
        while (sameAtEnd < most && old[^(sameAtEnd + 1)] == next[^(sameAtEnd + 1)])
            sameAtEnd++;
    }

    /// <summary>The passage in the new text; null when it is not there.</summary>
    /// <param name="anchor">The passage in the old text, or where it was last seen.</param>
    /// <param name="isOrphaned">Whether the old text does not have it.</param>
    public TextAnchor? Find(TextAnchor anchor, bool isOrphaned)
    {
        if (isOrphaned)
            return Find(after, anchor, after.UnitOf(Math.Min(anchor.Start, after.Length)));

        var (start, end) = (before.UnitOf(anchor.Start), before.UnitOf(anchor.End));
        var shift = after.Text.Length - before.Text.Length;
        if (end <= same)
            return after.AnchorAt(start, end);
        if (start >= before.Text.Length - sameAtEnd)
            return after.AnchorAt(start + shift, end + shift);
        return Find(after, anchor, Expected(start));
    }

    /// <summary>A passage in a text that it may not have been taken from; null when it is not there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">The passage.</param>
    /// <param name="expected">The code unit at which it is likely to start.</param>
    public static TextAnchor? Find(AnchoredText text, TextAnchor anchor, int expected) =>
        (PassageSearch.FindExact(text.Text, anchor, expected) ?? PassageSearch.FindSimilar(text.Text, anchor.Exact, expected)) is { } found
            ? text.AnchorAt(found.Start, found.End)
            : null;

    /// <summary>Where a place within the changed part is to be expected: as far into it as it was, in proportion.</summary>
    private int Expected(int start)
    {
        if (start <= same)
            return start;
        var (old, next) = (before.Text.Length - same - sameAtEnd, after.Text.Length - same - sameAtEnd);
        return same + (int)((long)(start - same) * next / Math.Max(1, old));
    }
}
