using System.Runtime.CompilerServices;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks;

/// <summary>How sure it is that an item speaks to a standard, the surest first.</summary>
public enum LensMatchKind
{
    /// <summary>The instrument itself aligns the item with the standard, under its name of today or a former one.</summary>
    Direct,

    /// <summary>By links that say that both ends are the same.</summary>
    Exact,

    /// <summary>By at least one link that says no more than that its ends are related.</summary>
    Related,
}

/// <summary>One step of the way from an item to a standard.</summary>
/// <param name="Relation">
/// Type of the alignment or association (1EdTech CASE): <c>isRelatedTo</c>, <c>exactMatchOf</c>, <c>replacedBy</c>; <c>formerName</c> where
/// the standard only has another code today.
/// </param>
/// <param name="Framework">Code of the framework that the step leads to.</param>
/// <param name="Standard">Code of the standard that it leads to, or its identifier where it has none.</param>
/// <param name="Reversed">Whether the association is written the other way round, from there to here.</param>
public sealed record LensStep(string Relation, string Framework, string Standard, bool Reversed);

/// <summary>A standard that an item speaks to.</summary>
/// <param name="Standard">The standard of the lens.</param>
/// <param name="Kind">How sure it is.</param>
/// <param name="Path">The steps from the item to the standard.</param>
internal sealed record LensMatch(NamedStandard Standard, LensMatchKind Kind, IReadOnlyList<LensStep> Path);

/// <summary>
/// A framework to look at results through: says to which of its standards an item speaks, over the alignments of the item and at most two
/// associations. The best way wins: the surest kind first, then the fewest associations; all standards that are reached so are matched.
/// </summary>
internal sealed class Lens
{
    /// <summary>Associations between an aligned standard and one of the lens, at most.</summary>
    public const int MostHops = 2;

    /// <summary>Stands in a path where an alignment names a standard by a former code.</summary>
    public const string FormerName = "formerName";

    private readonly StandardGraph _graph;
    private readonly IReadOnlyDictionary<(string Framework, string Code), Guid> _cited;
    private readonly Dictionary<Guid, NamedStandard> _targets = [];
    private readonly ConditionalWeakTable<IReadOnlyList<Alignment>, IReadOnlyList<LensMatch>> _matched = [];

    /// <param name="framework">Code of the framework.</param>
    /// <param name="title">Its title.</param>
    /// <param name="standards">Its standards in order.</param>
    /// <param name="parents">Those that others stand below.</param>
    /// <param name="graph">All standards that can be reached, those of the lens included.</param>
    /// <param name="cited">Which standard an alignment means, by framework and code.</param>
    public Lens(
        string framework,
        string title,
        IReadOnlyList<NamedStandard> standards,
        IReadOnlySet<Guid> parents,
        StandardGraph graph,
        IReadOnlyDictionary<(string Framework, string Code), Guid> cited)
    {
        (Framework, Title, _graph, _cited) = (framework, title, graph, cited);
        foreach (var standard in standards)
        {
            // Where a standard and its successor stand in one framework, the successor is shown for both.
            var today = graph.Today(standard.Id);
            if (!_targets.ContainsKey(today) || standard.Id == today)
                _targets[today] = standard;
        }

        var shown = _targets.Values.ToHashSet();
        Standards = [.. standards.Where(shown.Contains)];
        Leaves = [.. Standards.Where(standard => !parents.Contains(standard.Id))];
    }

    public string Framework { get; }

    public string Title { get; }

    /// <summary>Its standards in order, without those that others of them replaced.</summary>
    public IReadOnlyList<NamedStandard> Standards { get; }

    /// <summary>Those of them that nothing stands below.</summary>
    public IReadOnlyList<NamedStandard> Leaves { get; }

    /// <summary>The standards that an item with these alignments speaks to, in the order of the framework.</summary>
    /// <remarks>Items are shared by all who read an instrument version, so that each is matched once for as long as it is remembered.</remarks>
    public IReadOnlyList<LensMatch> Match(IReadOnlyList<Alignment>? alignments) =>
        alignments is { Count: > 0 } ? _matched.GetValue(alignments, Find) : [];

    private List<LensMatch> Find(IReadOnlyList<Alignment> alignments)
    {
        var found = new List<(Reached Reached, int Hops)>();
        var frontier = alignments.Select(Begin).OfType<Reached>().DistinctBy(reached => reached.At).ToList();
        var passed = new HashSet<(Guid, LensMatchKind)>();
        for (var hops = 0; frontier.Count > 0; hops++)
        {
            found.AddRange(frontier.Where(reached => _targets.ContainsKey(reached.At)).Select(reached => (reached, hops)));
            if (hops == MostHops)
                break;
            frontier = [.. frontier.SelectMany(reached => _graph.WaysFrom(reached.At).Select(reached.Go)).Where(reached => passed.Add((reached.At, reached.Kind)))];
        }

        if (found.Count == 0)
            return [];
        var best = found.Min(one => (one.Reached.Kind, one.Hops));
        var matched = found.Where(one => (one.Reached.Kind, one.Hops) == best).DistinctBy(one => one.Reached.At).ToDictionary(one => _targets[one.Reached.At], one => one.Reached);
        return [.. Standards.Where(matched.ContainsKey).Select(standard => new LensMatch(standard, best.Kind, PathOf(matched[standard], standard)))];
    }

    private Reached? Begin(Alignment alignment) => _cited.TryGetValue((alignment.Framework, alignment.Code), out var id)
        ? new Reached(_graph.Today(id), LensMatchKind.Direct, alignment, id, [])
        : null;

    private List<LensStep> PathOf(Reached reached, NamedStandard target)
    {
        var alignment = reached.Alignment;
        var path = new List<LensStep> { new(alignment.Type, alignment.Framework, alignment.Code, Reversed: false) };
        var (cited, today) = (_graph[reached.Cited], _graph[_graph.Today(reached.Cited)]);
        if (reached.Ways.Count == 0)
            today = target;
        if (cited.Key != alignment.Code && cited.Id.ToString() != alignment.Code)
            path.Add(new LensStep(FormerName, cited.Framework, cited.Key, Reversed: false));
        if (today.Id != cited.Id)
            path.Add(new LensStep(AssociationTypes.ReplacedBy, today.Framework, today.Key, Reversed: today.Id != _graph.Today(cited.Id)));
        foreach (var (i, way) in reached.Ways.Index())
        {
            var standard = i == reached.Ways.Count - 1 ? target : _graph[way.To];
            path.Add(new LensStep(way.Type, standard.Framework, standard.Key, way.IsReversed));
        }

        return path;
    }

    /// <param name="At">The standard of today that was reached.</param>
    /// <param name="Kind">How sure.</param>
    /// <param name="Alignment">Where it began.</param>
    /// <param name="Cited">The standard that the alignment means.</param>
    /// <param name="Ways">The associations from there.</param>
    private sealed record Reached(Guid At, LensMatchKind Kind, Alignment Alignment, Guid Cited, IReadOnlyList<StandardGraph.Way> Ways)
    {
        public Reached Go(StandardGraph.Way way) => this with
        {
            At = way.To,
            Kind = way.IsExact && Kind is not LensMatchKind.Related ? LensMatchKind.Exact : LensMatchKind.Related,
            Ways = [.. Ways, way],
        };
    }
}
