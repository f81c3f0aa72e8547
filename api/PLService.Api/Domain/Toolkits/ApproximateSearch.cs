namespace PLService.Api.Domain.Toolkits;

/// <summary>Finds the part of a text that differs least from a pattern: Sellers' algorithm, time pattern times text, memory pattern.</summary>
internal static class ApproximateSearch
{
    /// <summary>Start and end of the best part; of several that differ as little, the one that starts nearest to the expected place. Null when none is good enough.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="pattern">What for.</param>
    /// <param name="most">How many characters may be replaced, missing or too many.</param>
    /// <param name="expected">Where it would start if nothing had changed.</param>
    public static (int Start, int End)? Find(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, int most, int expected)
    {
        // costs[i]: the least number of differences between the first i characters of the pattern and a part of the text that ends here; starts[i]: where that part starts.
        Span<int> costs = new int[pattern.Length + 1];
        Span<int> starts = new int[pattern.Length + 1];
        for (var i = 0; i <= pattern.Length; i++)
            costs[i] = i;

        (int Cost, int Start, int End)? best = null;
        for (var j = 0; j < text.Length; j++)
        {
            var (diagonal, diagonalStart) = (costs[0], starts[0]);
            (costs[0], starts[0]) = (0, j + 1);
            for (var i = 1; i <= pattern.Length; i++)
            {
                var (cost, start) = (diagonal + (pattern[i - 1] == text[j] ? 0 : 1), diagonalStart);
                if (costs[i] + 1 < cost)
                    (cost, start) = (costs[i] + 1, starts[i]);
                if (costs[i - 1] + 1 < cost)
                    (cost, start) = (costs[i - 1] + 1, starts[i - 1]);
                (diagonal, diagonalStart) = (costs[i], starts[i]);
                (costs[i], starts[i]) = (cost, start);
            }

            var found = (Cost: costs[^1], Start: starts[^1], End: j + 1);
            if (found.Cost <= most && found.End > found.Start && (best is not { } other || found.Cost < other.Cost
                || (found.Cost == other.Cost && Math.Abs(found.Start - expected) < Math.Abs(other.Start - expected))))
                best = found;
        }

        return best is { } place ? (place.Start, place.End) : null;
    }
}
