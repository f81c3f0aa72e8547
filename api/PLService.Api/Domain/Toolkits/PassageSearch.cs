namespace PLService.Api.Domain.Toolkits;

/// <summary>Finds a passage in a text by its words, and among several places the one that what stands around it, and then its old place, speak for.</summary>
internal static class PassageSearch
{
    /// <summary>Places looked at on each side of the expected one: a passage may be a single letter, and the text a book.</summary>
    private const int MostOnEachSide = 500;

    /// <summary>Matching characters around a passage count in steps of this many, for a few match by chance.</summary>
    private const int ContextStep = 4;

    /// <summary>Code units on each side of the expected place in which a reworded passage is looked for.</summary>
    private const int Window = 1_500;

    /// <summary>Code units of what stood around a reworded passage that are looked for with it.</summary>
    private const int Surroundings = 16;

    private const int LongestPattern = 256;
    private const int ShortestPattern = 8;
    private const int EndLength = 64;

    /// <summary>One of four characters may differ.</summary>
    private const int ErrorShare = 4;

    /// <summary>The code units at which the very words stand; null where they do not.</summary>
    public static (int Start, int End)? FindExact(string text, TextAnchor wanted, int expected)
    {
        expected = Math.Clamp(expected, 0, text.Length);
        (int Context, int Distance, int At)? best = null;
        foreach (var at in Occurrences(text, wanted.Exact, expected))
        {
            var found = (Context: ContextAt(text, wanted, at) / ContextStep, Distance: Math.Abs(at - expected), At: at);
            if (best is not { } other || found.Context > other.Context || (found.Context == other.Context && found.Distance < other.Distance))
                best = found;
        }

        return best is { } place ? (place.At, place.At + wanted.Exact.Length) : null;
    }

    /// <summary>
    /// Where, near the expected place, something very like the words stands: at most a quarter of the characters differ. What stood around them helps to
    /// tell where they begin and end, as far as it still does.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="wanted">The passage.</param>
    /// <param name="expected">The code unit at which it is likely to start.</param>
    /// <param name="budget">Comparisons of characters that may still be made; when it is used up, nothing more is found.</param>
    public static (int Start, int End)? FindSimilar(string text, TextAnchor wanted, int expected, ref long budget)
    {
        var exact = wanted.Exact;
        if (exact.Length < ShortestPattern)
            return null;
        var before = wanted.Prefix[Math.Max(0, wanted.Prefix.Length - Surroundings)..];
        var after = wanted.Suffix[..Math.Min(Surroundings, wanted.Suffix.Length)];
        var around = (From: expected - Window, To: expected + exact.Length + Window);
        if (exact.Length <= LongestPattern)
        {
            return FindWith(text, around, before, exact, after, expected, ref budget) ?? FindWith(text, around, "", exact, after, expected, ref budget)
                ?? FindWith(text, around, before, exact, "", expected, ref budget) ?? FindWith(text, around, "", exact, "", expected, ref budget);
        }

        // Of a long passage both ends have to be there, about as far apart as they were.
        var (head, tail) = (exact[..EndLength], exact[^EndLength..]);
        if ((FindWith(text, around, before, head, "", expected, ref budget) ?? FindWith(text, around, "", head, "", expected, ref budget)) is not { Start: var start })
            return null;
        var apart = (From: start + (exact.Length / 2), To: start + exact.Length + (exact.Length / 2));
        var there = start + exact.Length - EndLength;
        return (FindWith(text, apart, "", tail, after, there, ref budget) ?? FindWith(text, apart, "", tail, "", there, ref budget)) is { End: var end } ? (start, end) : null;
    }

    private static (int Start, int End)? FindWith(string text, (int From, int To) where, string before, string words, string after, int expected, ref long budget)
    {
        var (from, to) = (Math.Clamp(where.From, 0, text.Length), Math.Clamp(where.To, 0, text.Length));
        var part = text.AsSpan(from, to - from);
        var pattern = before + words + after;
        var most = pattern.Length / ErrorShare;
        if (budget <= 0 || !DifferenceFilter.Admits(part, pattern, most))
            return null;

        budget -= (long)part.Length * pattern.Length;
        return ApproximateSearch.Find(part, pattern, before.Length..(before.Length + words.Length), most, expected - from) is { } found
            ? (from + found.Start, from + found.End)
            : null;
    }

    private static IEnumerable<int> Occurrences(string text, string exact, int expected)
    {
        if (exact.Length == 0 || exact.Length > text.Length)
            yield break;

        var count = 0;
        for (var at = text.IndexOf(exact, expected, StringComparison.Ordinal); at >= 0 && count++ < MostOnEachSide;
            at = at < text.Length - 1 ? text.IndexOf(exact, at + 1, StringComparison.Ordinal) : -1)
            yield return at;

        // Those that begin before the expected place: the search starts from the last character that such a one can have.
        count = 0;
        for (var last = Math.Min(text.Length - 1, expected + exact.Length - 2); last >= 0 && count++ < MostOnEachSide;)
        {
            var at = text.LastIndexOf(exact, last, StringComparison.Ordinal);
            if (at < 0)
                yield break;
            yield return at;
            last = at + exact.Length - 2;
        }
    }

    private static int ContextAt(string text, TextAnchor wanted, int at)
    {
        var (before, after) = (0, 0);
        while (before < wanted.Prefix.Length && before < at && text[at - before - 1] == wanted.Prefix[^(before + 1)])
            before++;
        var end = at + wanted.Exact.Length;
        while (after < wanted.Suffix.Length && end + after < text.Length && text[end + after] == wanted.Suffix[after])
            after++;
        return before + after;
    }
}
