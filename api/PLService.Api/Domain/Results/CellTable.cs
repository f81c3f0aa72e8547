using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>
/// The cells of one axis whose figures could be published: per group (whole, each role, people without a role) the whole, its sections
/// and their items. They hang together by sums: a group's total is its sections, a section its items, and a cell of the whole that cell
/// of the roles and of people without a role.
/// </summary>
internal sealed class CellTable
{
    /// <summary>Group of all people.</summary>
    public const int Whole = 0;

    private readonly Cell[][] cells;
    private readonly Dictionary<object, int> nodes = new(ReferenceEqualityComparer.Instance);
    private readonly int[] firstItems;

    private CellTable(IReadOnlyList<IReadOnlyList<Element>> sections, int groups)
    {
        Sections = sections;
        Groups = groups;
        Nodes = 1 + sections.Count + sections.Sum(section => section.Count);
        cells = [.. Enumerable.Range(0, groups).Select(_ => new Cell[Nodes])];
        firstItems = new int[sections.Count];
        var next = 1 + sections.Count;
        foreach (var (s, section) in sections.Index())
        {
            firstItems[s] = next;
            nodes.Add(section[0].Section, 1 + s);
            foreach (var element in section)
                nodes.Add(element.Item, next++);
        }
    }

    /// <summary>Elements of the axis, by section; sections without any are left out.</summary>
    public IReadOnlyList<IReadOnlyList<Element>> Sections { get; }

    /// <summary>The whole, the roles, and at last people without a role.</summary>
    public int Groups { get; }

    /// <summary>Group of people without a role. Its cells are never published, but they can be found by subtraction.</summary>
    public int Rest => Groups - 1;

    /// <summary>Nodes of the tree: 0 the total, then the sections, then the items.</summary>
    public int Nodes { get; }

    public Cell this[int group, int node] => cells[group][node];

    /// <summary>Node of a section of the document; null when none of its items uses the axis.</summary>
    public int? NodeOf(Section section) => nodes.TryGetValue(section, out var node) ? node : null;

    /// <summary>Node of an item of the document; null when it does not use the axis.</summary>
    public int? NodeOf(Item item) => nodes.TryGetValue(item, out var node) ? node : null;

    /// <summary>Elements whose counts make up the node.</summary>
    public IReadOnlyList<Element> ElementsOf(int node)
    {
        if (node == 0)
            return [.. Sections.SelectMany(section => section)];

        if (node <= Sections.Count)
            return Sections[node - 1];

        var section = Array.FindLastIndex(firstItems, first => first <= node);
        return [Sections[section][node - firstItems[section]]];
    }

    /// <summary>Nodes that add up to the node; none for an item.</summary>
    public IEnumerable<int> Children(int node)
    {
        if (node == 0)
            return Enumerable.Range(1, Sections.Count);

        return node <= Sections.Count ? Enumerable.Range(firstItems[node - 1], Sections[node - 1].Count) : [];
    }

    /// <summary>The cells with the number of people behind each, nothing withheld yet but what is small by itself.</summary>
    /// <param name="axis">Code of the axis.</param>
    /// <param name="layout">Layout of the instrument version.</param>
    /// <param name="groups">The whole, the roles, people without a role.</param>
    /// <param name="minimum">Least number of people that is shown.</param>
    public static CellTable Of(string axis, InstrumentLayout layout, IReadOnlyList<GroupTally> groups, int minimum)
    {
        var sections = layout.Elements.Where(element => element.Axis.Code == axis)
            .GroupBy(element => element.Section, ReferenceEqualityComparer.Instance)
            .Select(section => (IReadOnlyList<Element>)[.. section]).ToList();
        var table = new CellTable(sections, groups.Count);
        for (var g = 0; g < groups.Count; g++)
            table.Fill(g, groups[g], layout.Document.MarksPerParticipant, minimum);

        return table;
    }

    private void Fill(int group, GroupTally tally, int? marks, int minimum)
    {
        var own = cells[group];
        var everything = Suppression.IsSmall(tally.Participants, minimum);
        foreach (var (s, section) in Sections.Index())
        {
            var most = 0;
            foreach (var (i, element) in section.Index())
            {
                var people = tally.PeopleBehind(LevelCounts.Sum(element.CountsIn(tally.Counts)), marks);
                most = Math.Max(most, people);
                own[firstItems[s] + i] = MakeCell(people, everything, minimum);
            }

            // The same people answer the items of a section, so that their greatest number is all that is known of the section's.
            own[1 + s] = MakeCell(most, everything, minimum);
        }

        own[0] = MakeCell(Children(0).Select(node => own[node].People).DefaultIfEmpty().Max(), everything, minimum);
    }

    private static Cell MakeCell(int people, bool groupIsSmall, int minimum) => new()
    {
        People = people,
        Reason = groupIsSmall || Suppression.IsSmall(people, minimum) ? WithheldReason.SmallGroup : null,
    };
}

/// <summary>One figure that may be published.</summary>
internal sealed class Cell
{
    /// <summary>People behind the figure, at least.</summary>
    public required int People { get; init; }

    /// <summary>Why it is withheld; null while it is shown.</summary>
    public WithheldReason? Reason { get; set; }

    public bool Withheld => Reason is not null;
}
