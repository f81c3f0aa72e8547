using System.Globalization;

namespace PLService.Api.Domain.Instruments;

/// <summary>One item on one axis: the unit that is rated.</summary>
internal sealed class Element
{
    private readonly LevelLookup lookup;
    private readonly bool[]? empty;

    internal Element(int index, Section section, Item item, Axis axis, Scale scale, int countsOffset, LevelLookup lookup)
    {
        (Index, Section, Item, Axis, Scale, CountsOffset) = (index, section, item, axis, scale, countsOffset);
        this.lookup = lookup;
        if (item.EmptyLevels?.GetValueOrDefault(axis.Code) is { Count: > 0 } codes)
            empty = [.. scale.Levels.Select(level => codes.Contains(level.Code))];
    }

    /// <summary>Place in a packed response.</summary>
    public int Index { get; }

    public Section Section { get; }

    public Item Item { get; }

    public Axis Axis { get; }

    public Scale Scale { get; }

    /// <summary>Where the element's counts start in a tally.</summary>
    public int CountsOffset { get; }

    /// <summary>The element's part of a tally.</summary>
    public ReadOnlySpan<int> CountsIn(ReadOnlySpan<int> counts) => counts.Slice(CountsOffset, Scale.Levels.Count);

    /// <summary>Whether the ordinal is a level of the scale that this item offers.</summary>
    public bool Offers(short ordinal) => ordinal >= 0 && ordinal < Scale.Levels.Count && (empty is null || !empty[ordinal]);

    /// <summary>
    /// The level that a cell of a file means: a level's code in any case; else its English or Spanish label; else a score that one
    /// level alone has. Never a level that the item does not offer.
    /// </summary>
    public bool TryLevel(ReadOnlySpan<char> codeOrLabel, out short ordinal) =>
        lookup.TryFind(codeOrLabel, out ordinal) && Offers(ordinal);
}

/// <summary>Finds a level of a scale by what people write in files; shared by all elements of the scale.</summary>
internal sealed class LevelLookup
{
    private static readonly string[] LabelLanguages = [Text.Required, "es"];

    private readonly Dictionary<string, short>.AlternateLookup<ReadOnlySpan<char>> byName;
    private readonly Dictionary<double, short> byScore = [];

    public LevelLookup(Scale scale)
    {
        var names = new Dictionary<string, short>(StringComparer.OrdinalIgnoreCase);
        var levels = scale.Levels;
        for (short i = 0; i < levels.Count; i++)
            names[levels[i].Code] = i;

        // Codes go first: where 1 is the best of four levels, "1" is the code and not the least score.
        for (short i = 0; i < levels.Count; i++)
        {
            foreach (var language in LabelLanguages)
            {
                if (levels[i].Label.TryGetValue(language, out var label))
                    names.TryAdd(label.Trim(), i);
            }
        }

        var scores = levels.Select((level, i) => (level.Score, Ordinal: (short)i)).Where(level => level.Score is not null);
        foreach (var alone in scores.GroupBy(level => level.Score!.Value).Where(group => group.Count() == 1))
            byScore[alone.Key] = alone.Single().Ordinal;

        byName = names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryFind(ReadOnlySpan<char> written, out short ordinal)
    {
        written = written.Trim();
        return byName.TryGetValue(written, out ordinal)
            || (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
                && byScore.TryGetValue(score, out ordinal));
    }
}
