using System.Numerics;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>Counting packed responses into tallies and adding tallies up. Nothing here allocates.</summary>
internal static class LevelCounts
{
    /// <summary>Stands for "not answered" where a packed response has no nulls.</summary>
    public const short NotAnswered = -1;

    /// <summary>Counts one response.</summary>
    /// <param name="counts">The tally to add to, <see cref="InstrumentLayout.CountsLength"/> long.</param>
    /// <param name="layout">Layout of the instrument version.</param>
    /// <param name="levels">One ordinal per element; <see cref="NotAnswered"/> where there is none.</param>
    /// <exception cref="ArgumentException">
    /// Either array has another length than the layout says, or an ordinal is no level of its scale.
    /// </exception>
    public static void AddResponse(Span<int> counts, InstrumentLayout layout, ReadOnlySpan<short> levels)
    {
        CheckLengths(counts, layout, levels.Length);
        var offsets = layout.Offsets;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] != NotAnswered)
                counts[Place(offsets, i, levels[i])]++;
        }
    }

    /// <summary>Counts one response as the database keeps it: null where there is no answer.</summary>
    /// <inheritdoc cref="AddResponse(Span{int}, InstrumentLayout, ReadOnlySpan{short})"/>
    public static void AddResponse(Span<int> counts, InstrumentLayout layout, ReadOnlySpan<short?> levels)
    {
        CheckLengths(counts, layout, levels.Length);
        var offsets = layout.Offsets;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] is { } level)
                counts[Place(offsets, i, level)]++;
        }
    }

    /// <summary>Adds a tally to a total of the same instrument version.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Add(Span<int> total, ReadOnlySpan<int> counts)
    {
        if (total.Length != counts.Length)
            throw new ArgumentException($"A tally of {counts.Length} counts cannot be added to one of {total.Length}.", nameof(counts));

        var i = 0;
        for (; i <= total.Length - Vector<int>.Count; i += Vector<int>.Count)
            (new Vector<int>(total[i..]) + new Vector<int>(counts[i..])).CopyTo(total[i..]);

        for (; i < total.Length; i++)
            total[i] += counts[i];
    }

    /// <summary>Sum of all counts.</summary>
    public static int Sum(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts)
            sum += count;

        return sum;
    }

    private static int Place(ReadOnlySpan<int> offsets, int element, short level)
    {
        var place = offsets[element] + level;
        if (level < 0 || place >= offsets[element + 1])
            throw new ArgumentException($"Element {element} has no level with the ordinal {level}.", nameof(level));

        return place;
    }

    private static void CheckLengths(ReadOnlySpan<int> counts, InstrumentLayout layout, int levels)
    {
        if (counts.Length != layout.CountsLength || levels != layout.Elements.Count)
        {
            throw new ArgumentException(
                $"The layout has {layout.Elements.Count} elements and {layout.CountsLength} counts, not {levels} and {counts.Length}.",
                nameof(counts));
        }
    }
}
