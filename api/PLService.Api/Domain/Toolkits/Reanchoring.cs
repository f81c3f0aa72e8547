namespace PLService.Api.Domain.Toolkits;

/// <summary>
/// Finds the passages of one revision of a text in the next. What lies wholly before or wholly behind all changes keeps its place; else the
/// very words are looked for, then words very like them near the old place. What is not found is not guessed at.
/// </summary>
internal sealed class Reanchoring
{
    /// <summary>Comparisons of characters that the search for similar words may take for one text, about two seconds of them.</summary>
    public const long Budget = 400_000_000;

    private readonly AnchoredText before;
    private readonly AnchoredText after;
    private readonly int same;
    private readonly int sameAtEnd;
    private long budget = Budget;

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
            return Find(after, anchor, after.UnitOf(Math.Min(anchor.Start, after.Length)), ref budget);

        var (start, end) = (before.UnitOf(anchor.Start), before.UnitOf(anchor.End));
        var shift = after.Text.Length - before.Text.Length;
        // With all that stands around it in the unchanged part there is nothing to look for.
        if (end + anchor.Suffix.Length <= same)
            return after.AnchorAt(start, end);
        if (start - anchor.Prefix.Length >= before.Text.Length - sameAtEnd)
            return after.AnchorAt(start + shift, end + shift);
        return Find(after, anchor, Expected(start, shift), ref budget);
    }

    /// <summary>A passage in a text that it may not have been taken from; null when it is not there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">The passage.</param>
    /// <param name="expected">The code unit at which it is likely to start.</param>
    /// <param name="budget">What is left of <see cref="Budget"/>.</param>
    public static TextAnchor? Find(AnchoredText text, TextAnchor anchor, int expected, ref long budget) =>
        (PassageSearch.FindExact(text.Text, anchor, expected) ?? PassageSearch.FindSimilar(text.Text, anchor, expected, ref budget)) is { } found
            ? text.AnchorAt(found.Start, found.End)
            : null;

    /// <summary>Where a passage is to be expected: in an unchanged part where it was, in the changed part as far into it as it was, in proportion.</summary>
    private int Expected(int start, int shift)
    {
        if (start <= same)
            return start;
        if (start >= before.Text.Length - sameAtEnd)
            return start + shift;
        var (old, next) = (before.Text.Length - same - sameAtEnd, after.Text.Length - same - sameAtEnd);
        return same + (int)((long)(start - same) * next / Math.Max(1, old));
    }
}
