namespace PLService.Api.Domain.Toolkits;

/// <summary>
/// A passage of a text, told twice as in the W3C Web Annotation Data Model (4.2.4 and 4.2.5): by its words with what stands before and after
/// them, and by its place.
/// </summary>
/// <param name="Exact">The words.</param>
/// <param name="Prefix">What stands right before them.</param>
/// <param name="Suffix">What stands right after them.</param>
/// <param name="Start">Place of the first character, in Unicode code points from 0.</param>
/// <param name="End">Place after the last character.</param>
internal sealed record TextAnchor(string Exact, string Prefix, string Suffix, int Start, int End);

/// <summary>A text whose places can be told in code points, as annotations count them, and in UTF-16 code units, as strings do.</summary>
internal sealed class AnchoredText
{
    /// <summary>Code units that are kept of what stands before and after a passage.</summary>
    public const int Context = 32;

    // Code unit where each code point starts; null where every one has a single unit.
    private readonly int[]? starts;

    public AnchoredText(string text)
    {
        Text = text;
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            Length = text.Length;
            return;
        }

        var found = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
            found.Add(i);
        Length = found.Count;
        found.Add(text.Length);
        starts = [.. found];
    }

    public string Text { get; }

    /// <summary>Length in code points.</summary>
    public int Length { get; }

    /// <summary>The code unit at which a code point starts.</summary>
    public int UnitOf(int codePoint) => starts is null ? codePoint : starts[codePoint];

    /// <summary>The code point that a code unit belongs to.</summary>
    public int CodePointOf(int unit)
    {
        if (starts is null)
            return unit;
        var found = Array.BinarySearch(starts, unit);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The passage between two code units; ends that cut a character in half are moved outwards.</summary>
    public TextAnchor AnchorAt(int start, int end)
    {
        (start, end) = (Whole(start, outwards: -1), Whole(end, outwards: 1));
        return new(
            Text[start..end],
            Text[Whole(Math.Max(0, start - Context), outwards: 1)..start],
            Text[end..Whole(Math.Min(Text.Length, end + Context), outwards: -1)],
            CodePointOf(start),
            CodePointOf(end));
    }

    private int Whole(int unit, int outwards) => unit > 0 && unit < Text.Length && char.IsSurrogatePair(Text[unit - 1], Text[unit]) ? unit + outwards : unit;
}
