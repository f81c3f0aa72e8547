namespace PLService.Api.Domain.Toolkits;

/// <summary>Finds the part of a text that differs least from a pattern: Sellers' algorithm, time pattern times text, memory pattern.</summary>
internal static class ApproximateSearch
{
    /// <summary>
    /// Start and end of what the inner part of the pattern is laid on in the best place; of several places that differ as little, the one that starts
    /// nearest to the expected one. Null when none is good enough.
    /// </summary>
    /// <param name="text">Where to look.</param>
    /// <param name="pattern">What for.</param>
    /// <param name="inner">The part of the pattern that is asked for; what stands around it only helps to find its ends.</param>
    /// <param name="most">How many characters may be replaced, missing or too many.</param>
    /// <param name="expected">Where the inner part would start if nothing had changed.</param>
    public static (int Start, int End)? Find(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, Range inner, int most, int expected)
    {
        var (from, to) = (inner.Start.GetOffset(pattern.Length), inner.End.GetOffset(pattern.Length));
        // column[i]: the least number of differences between the first i characters of the pattern and a part of the text that ends here, and where the
        // inner part starts and ends in it.
        var column = new Cell[pattern.Length + 1];
        for (var i = 0; i < column.Length; i++)
            column[i] = new(i, 0, 0);

        (Cell Cell, int Distance)? best = null;
        for (var j = 1; j <= text.Length; j++)
        {
            var diagonal = column[0];
            column[0] = Enter(new(0, j, j), 0, j, from, to);
            for (var i = 1; i < column.Length; i++)
            {
                var replaced = Enter(diagonal.Plus(pattern[i - 1] == text[j - 1] ? 0 : 1), i, j, from, to);
                var missing = Enter(column[i - 1].Plus(1), i, j, from, to);
                // What the text has too many within the inner part belongs to it; before and behind it does not.
                var added = i == from ? column[i].Plus(1) with { Start = j } : column[i].Plus(1);
                diagonal = column[i];
                column[i] = replaced.Cost <= missing.Cost && replaced.Cost <= added.Cost ? replaced : missing.Cost <= added.Cost ? missing : added;
            }

            var found = column[^1];
            var distance = Math.Abs(found.Start - expected);
            if (found.Cost <= most && found.End > found.Start && (best is not { } other || found.Cost < other.Cell.Cost || (found.Cost == other.Cell.Cost && distance < other.Distance)))
                best = (found, distance);
        }

        return best is { } place ? (place.Cell.Start, place.Cell.End) : null;
    }

    private static Cell Enter(Cell cell, int i, int j, int from, int to)
    {
        if (i == from)
            cell = cell with { Start = j };
        return i == to ? cell with { End = j } : cell;
    }

    private readonly record struct Cell(int Cost, int Start, int End)
    {
        public Cell Plus(int cost) => this with { Cost = Cost + cost };
    }
}
