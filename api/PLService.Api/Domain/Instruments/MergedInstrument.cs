namespace PLService.Api.Domain.Instruments;

/// <summary>
/// Versions of an instrument put together: an item with the same code and the same level codes on an axis is the same in all of them.
/// Where a version changed an item's levels, each wording stays an element of its own.
/// </summary>
/// <remarks>Immutable; built from the versions alone, so that every report of a tenant puts them together in the same way.</remarks>
internal sealed class MergedInstrument
{
    private readonly int[][] _places;

    private MergedInstrument(IReadOnlyList<InstrumentLayout> versions, List<MergedElement> elements, int[][] places)
    {
        Versions = versions;
        Elements = elements;
        _places = places;
        Groups = [.. elements.Select(e => e.Versions).DistinctBy(v => string.Join(',', v))];
        CountsLength = elements.Count == 0 ? 0 : elements[^1].Element.CountsOffset + elements[^1].Element.Scale.Levels.Count;
    }

    /// <summary>The versions, oldest first.</summary>
    public IReadOnlyList<InstrumentLayout> Versions { get; }

    /// <summary>In the order of the newest version; what only older ones have follows at the end of its section.</summary>
    public IReadOnlyList<MergedElement> Elements { get; }

    /// <summary>Each set of versions that some element is made of, as places in <see cref="Versions"/>.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; }

    /// <summary>Length of a tally of all versions together.</summary>
    public int CountsLength { get; }

    /// <summary>Elements that stand apart although others have their item and axis, because their levels differ.</summary>
    public IEnumerable<MergedElement> Unmerged => Elements
        .GroupBy(e => (e.Element.Item.Code.ToUpperInvariant(), e.Element.Axis.Code))
        .Where(group => group.Count() > 1)
        .SelectMany(group => group);

    /// <param name="versions">Oldest first.</param>
    public static MergedInstrument Of(IReadOnlyList<InstrumentLayout> versions)
    {
        var found = new List<Merging>();
        var byItem = new Dictionary<(string Item, string Axis), List<Merging>>();
        var sections = new Dictionary<string, int>();
        var scales = new Dictionary<string, Scale>();
        for (var v = versions.Count - 1; v >= 0; v--)
        {
            foreach (var element in versions[v].Elements)
            {
                sections.TryAdd(element.Section.Code, sections.Count);
                var key = (element.Item.Code.ToUpperInvariant(), element.Axis.Code);
                if (!byItem.TryGetValue(key, out var wordings))
                    byItem[key] = wordings = [];
                var same = wordings.Find(wording => wording.HasLevelsOf(element));
                if (same is null)
                {
                    wordings.Add(same = new Merging(element, Canonical(element.Scale, scales)));
                    found.Add(same);
                }

                same.From.Insert(0, (v, element));
            }
        }

        var lookups = new Dictionary<Scale, LevelLookup>(ReferenceEqualityComparer.Instance);
        foreach (var scale in scales.Values)
            lookups[scale] = new LevelLookup(scale);
        var places = versions.Select(version => new int[version.CountsLength]).ToArray();
        var (elements, offset) = (new List<MergedElement>(), 0);
        foreach (var merging in found.OrderBy(f => sections[f.Newest.Section.Code]))
        {
            var (newest, scale) = (merging.Newest, merging.Scale);
            elements.Add(new MergedElement(
                new Element(elements.Count, newest.Section, newest.Item, newest.Axis, scale, offset, lookups[scale]), [.. merging.From.Select(f => f.Version)]));
            foreach (var (v, element) in merging.From)
            {
                for (var i = 0; i < element.Scale.Levels.Count; i++)
                    places[v][element.CountsOffset + i] = offset + OrdinalOf(scale, element.Scale.Levels[i].Code);
            }

            offset += scale.Levels.Count;
        }

        return new MergedInstrument(versions, elements, places);
    }

    /// <summary>Adds counts of one version to a tally of all.</summary>
    /// <exception cref="OverflowException">More than two thousand million people chose one level.</exception>
    public void Add(Span<int> total, int version, ReadOnlySpan<long> counts)
    {
        var places = _places[version];
        for (var i = 0; i < places.Length; i++)
            total[places[i]] = checked(total[places[i]] + (int)counts[i]);
    }

    /// <summary>Scales that are written alike in two versions are one, so that their items can be put together.</summary>
    private static Scale Canonical(Scale scale, Dictionary<string, Scale> known)
    {
        var key = string.Join('|', scale.Levels.Select(level => FormattableString.Invariant($"{level.Code}={level.Score}{(level.Favorable ? "+" : "")}")));
        return known.TryGetValue(key, out var same) ? same : known[key] = scale;
    }

    private static int OrdinalOf(Scale scale, string code)
    {
        for (var i = 0; i < scale.Levels.Count; i++)
        {
            if (scale.Levels[i].Code == code)
                return i;
        }

        throw new ArgumentException($"The scale {scale.Code} has no level {code}.", nameof(code));
    }

    private sealed record Merging(Element Newest, Scale Scale)
    {
        private readonly HashSet<string> _levels = [.. Scale.Levels.Select(level => level.Code)];

        public List<(int Version, Element Element)> From { get; } = [];

        public bool HasLevelsOf(Element other) => _levels.SetEquals(other.Scale.Levels.Select(level => level.Code));
    }
}

/// <summary>An item on an axis, over the versions that have it.</summary>
/// <param name="Element">As the newest of them words it; its counts lie in a tally of all versions.</param>
/// <param name="Versions">Places in <see cref="MergedInstrument.Versions"/>, oldest first.</param>
internal sealed record MergedElement(Element Element, IReadOnlyList<int> Versions);
