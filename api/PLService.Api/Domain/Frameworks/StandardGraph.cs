namespace PLService.Api.Domain.Frameworks;

/// <summary>A standard as it is named today.</summary>
/// <param name="Id">The CASE identifier.</param>
/// <param name="Framework">Code of its framework.</param>
/// <param name="Code">How people cite it; null when it has no code.</param>
/// <param name="Label">A short form; null when it has none.</param>
/// <param name="Statement">The whole text.</param>
internal sealed record NamedStandard(Guid Id, string Framework, string? Code, string? Label, string Statement)
{
    /// <summary>Its code, or its identifier where it has none.</summary>
    public string Key => Code ?? Id.ToString();
}

/// <summary>A link between two standards.</summary>
internal readonly record struct StandardLink(string Type, Guid Origin, Guid Destination);

/// <summary>
/// Standards and their links, where a standard and the one that replaced it are one: what was said of the old one is said of the new one.
/// One that several others replaced was divided, so that it stays one of its own and they are only related to it.
/// </summary>
internal sealed class StandardGraph
{
    private readonly Dictionary<Guid, NamedStandard> _standards;
    private readonly Dictionary<Guid, Guid> _today = [];
    private readonly Dictionary<Guid, List<Way>> _ways = [];

    /// <param name="standards">The standards; of links to others nothing is known.</param>
    /// <param name="links">Their links.</param>
    public StandardGraph(IEnumerable<NamedStandard> standards, IEnumerable<StandardLink> links)
    {
        _standards = standards.DistinctBy(standard => standard.Id).ToDictionary(standard => standard.Id);
        var known = links.Distinct().Where(link => _standards.ContainsKey(link.Origin) && _standards.ContainsKey(link.Destination)).ToList();
        var successors = known.Where(link => link.Type == AssociationTypes.ReplacedBy).ToLookup(link => link.Origin, link => link.Destination);
        foreach (var id in _standards.Keys)
            _today[id] = Follow(id, successors);
        foreach (var link in known)
            Connect(link);
    }

    /// <summary>The types of links by which a standard stands for another in the other direction too.</summary>
    public static readonly IReadOnlyList<string> BothWays =
        [AssociationTypes.ExactMatchOf, AssociationTypes.IsTranslationOf, AssociationTypes.IsRelatedTo, AssociationTypes.IsPeerOf, AssociationTypes.IsPartOf, AssociationTypes.ReplacedBy];

    /// <summary>The types of links that are followed from their origin: what is said of a part is related to the whole that it stands below.</summary>
    public static readonly IReadOnlyList<string> Onward = [.. BothWays, AssociationTypes.IsChildOf];

    public bool Has(Guid id) => _standards.ContainsKey(id);

    public NamedStandard this[Guid id] => _standards[id];

    /// <summary>The standard that a standard is today: itself, or the last one of those that replaced it one after the other.</summary>
    public Guid Today(Guid id) => _today[id];

    /// <summary>The ways that lead from a standard of today to other ones.</summary>
    public IReadOnlyList<Way> WaysFrom(Guid today) => _ways.TryGetValue(today, out var ways) ? ways : [];

    private static Guid Follow(Guid id, ILookup<Guid, Guid> successors)
    {
        var passed = new HashSet<Guid> { id };
        // A circle is an error of whoever drew it: it ends where it began to repeat.
        while (successors[id].Take(2).ToList() is [var next] && passed.Add(next))
            id = next;
        return id;
    }

    private void Connect(StandardLink link)
    {
        var (from, to) = (Today(link.Origin), Today(link.Destination));
        if (from == to || !Onward.Contains(link.Type))
            return;
        Add(from, new Way(to, link.Type, IsReversed: false));
        if (BothWays.Contains(link.Type))
            Add(to, new Way(from, link.Type, IsReversed: true));
    }

    private void Add(Guid from, Way way)
    {
        if (!_ways.TryGetValue(from, out var ways))
            _ways[from] = ways = [];
        if (!ways.Contains(way))
            ways.Add(way);
    }

    /// <param name="To">The standard of today that it leads to.</param>
    /// <param name="Type">Type of the link.</param>
    /// <param name="IsReversed">Whether it leads from the destination of the link to its origin.</param>
    internal readonly record struct Way(Guid To, string Type, bool IsReversed)
    {
        /// <summary>Whether both ends say the same.</summary>
        public bool IsExact => Type is AssociationTypes.ExactMatchOf or AssociationTypes.IsTranslationOf;
    }
}
