namespace PLService.Api.Domain.Toolkits;

/// <summary>
/// Tells quickly that nothing in a text is like a pattern: where the whole differs in few places, one of its pieces differs in fewer, and pieces of 64
/// characters are compared in one machine word (Myers 1999). It never turns away what the slow search would find.
/// </summary>
internal static class DifferenceFilter
{
    private const int PieceLength = 64;
    private const int Plain = 128;

    /// <summary>Whether the text may have a part with this many differences at most.</summary>
    public static bool Admits(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, int most)
    {
        var pieces = (pattern.Length + PieceLength - 1) / PieceLength;
        // Of one length, as nearly as can be: a short last one would be found everywhere.
        var length = (pattern.Length + pieces - 1) / pieces;
        for (var at = 0; at < pattern.Length; at += length)
        {
            if (HasWithin(text, pattern.Slice(at, Math.Min(length, pattern.Length - at)), most / pieces))
                return true;
        }

        return false;
    }

    private static bool HasWithin(ReadOnlySpan<char> text, ReadOnlySpan<char> piece, int most)
    {
        if (piece.Length <= most)
            return true;

        // Bit i of a character's word: whether it is the i-th of the piece.
        Span<ulong> plain = stackalloc ulong[Plain];
        plain.Clear();
        var others = new Dictionary<char, ulong>();
        for (var i = 0; i < piece.Length; i++)
        {
            if (piece[i] < Plain)
                plain[piece[i]] |= 1UL << i;
            else
                others[piece[i]] = others.GetValueOrDefault(piece[i]) | (1UL << i);
        }

        // The column of the table of differences, as its steps up and down.
        var (up, down, cost, last) = (ulong.MaxValue, 0UL, piece.Length, 1UL << (piece.Length - 1));
        foreach (var c in text)
        {
            var equal = c < Plain ? plain[c] : others.GetValueOrDefault(c);
            var vertical = equal | down;
            var horizontal = (((equal & up) + up) ^ up) | equal;
            var (rises, falls) = (down | ~(horizontal | up), up & horizontal);
            cost += (rises & last) != 0 ? 1 : (falls & last) != 0 ? -1 : 0;
            if (cost <= most)
                return true;
            (rises, falls) = (rises << 1, falls << 1);
            (up, down) = (falls | ~(vertical | rises), rises & vertical);
        }

        return false;
    }
}
