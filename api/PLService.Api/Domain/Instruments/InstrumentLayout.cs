namespace PLService.Api.Domain.Instruments;

/// <summary>
/// How responses and tallies of an instrument version are packed. A response has one number per element: the ordinal of the level
/// in the element's scale, or nothing. A tally is one flat array: element e owns <c>counts[e.CountsOffset .. + e.Scale.Levels.Count]</c>.
/// </summary>
/// <remarks>Immutable and safe to share; build it once per version. Elements never move within a version.</remarks>
internal sealed class InstrumentLayout
{
    private readonly Dictionary<string, Element[]>.AlternateLookup<ReadOnlySpan<char>> elementsOfItem;
    private readonly int[] offsets;

    private InstrumentLayout(InstrumentDocument document, List<Element> elements, Dictionary<string, Element[]> byItem)
    {
        Document = document;
        Elements = elements;
        CountsLength = elements.Count == 0 ? 0 : elements[^1].CountsOffset + elements[^1].Scale.Levels.Count;
        offsets = [.. elements.Select(element => element.CountsOffset), CountsLength];
        elementsOfItem = byItem.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public InstrumentDocument Document { get; }

    /// <summary>In document order: sections, their items, then the item's axes in the order of the instrument.</summary>
    public IReadOnlyList<Element> Elements { get; }

    /// <summary>Length of a tally.</summary>
    public int CountsLength { get; }

    /// <summary>Where each element's counts start, and at last the length of a tally: one more than there are elements.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    /// <exception cref="ArgumentException">
    /// The document names a scale that it lacks, or an item twice; <see cref="InstrumentCheck"/> refuses such.
    /// </exception>
    public static InstrumentLayout Of(InstrumentDocument document)
    {
        var scales = document.Scales.ToDictionary(scale => scale.Code);
        var lookups = document.Scales.ToDictionary(scale => scale.Code, scale => new LevelLookup(scale));
        var elements = new List<Element>();
        var byItem = new Dictionary<string, Element[]>(StringComparer.OrdinalIgnoreCase);
        var offset = 0;
        foreach (var section in document.Sections)
        {
            foreach (var item in section.Items)
            {
                var first = elements.Count;
                foreach (var axis in document.Axes.Where(axis => item.Axes is null || item.Axes.Contains(axis.Code)))
                {
                    var code = item.Scales?.GetValueOrDefault(axis.Code) ?? axis.Scale;
                    if (!scales.TryGetValue(code, out var scale))
                    {
                        throw new ArgumentException(
                            $"Item {item.Code} names the scale {code}, which the instrument lacks.", nameof(document));
                    }

                    elements.Add(new Element(elements.Count, section, item, axis, scale, offset, lookups[code]));
                    offset += scale.Levels.Count;
                }

                if (!byItem.TryAdd(item.Code, [.. elements.Skip(first)]))
                    throw new ArgumentException($"Item code {item.Code} stands twice.", nameof(document));
            }
        }

        return new InstrumentLayout(document, elements, byItem);
    }

    /// <summary>The element of an item (code, in any case) on an axis; an empty axis code means the item's first axis.</summary>
    public bool TryFind(ReadOnlySpan<char> itemCode, ReadOnlySpan<char> axisCode, out Element element)
    {
        if (elementsOfItem.TryGetValue(itemCode, out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (axisCode.IsEmpty || axisCode.Equals(candidate.Axis.Code, StringComparison.OrdinalIgnoreCase))
                {
                    element = candidate;
                    return true;
                }
            }
        }

        element = null!;
        return false;
    }
}
