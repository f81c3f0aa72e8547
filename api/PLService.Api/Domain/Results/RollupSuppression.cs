namespace PLService.Api.Domain.Results;

/// <summary>
/// What may be shown of each organization of a tree in one round. Every report asks here, so that one of them never shows what another
/// withholds. It is decided from the root down, family by family (an organization's children and its own assessments), and depends on
/// nothing but the headcounts: not on who asks, nor for what.
/// </summary>
/// <remarks>
/// All organizations on the way from the root to the ones that are asked for must be there, each with all its children that have
/// figures in the round.
/// </remarks>
internal sealed class RollupSuppression
{
    private readonly int _minimum;
    private readonly IReadOnlyDictionary<Guid, Headcount> _people;
    private readonly IReadOnlyDictionary<Guid, Guid?> _parents;
    private readonly ILookup<Guid?, Guid> _children;
    private readonly HashSet<string> _roles;
    private readonly Dictionary<Guid, Visibility> _decided = [];

    /// <param name="minimum">Least number of people that is shown; 1 or less shows all.</param>
    /// <param name="parents">The organization above each; null for the root.</param>
    /// <param name="people">People of each organization that has figures in the round, those below it included.</param>
    public RollupSuppression(int minimum, IReadOnlyDictionary<Guid, Guid?> parents, IReadOnlyDictionary<Guid, Headcount> people)
    {
        (_minimum, _parents, _people) = (minimum, parents, people);
        // Sorted, so that of two equally small ones it is always the same that is withheld.
        _children = people.Keys.Order().ToLookup(id => parents[id]);
        // The root has everybody, so that these are the same whichever part of the tree was read.
        _roles = [.. _children[null].SelectMany(root => people[root].Roles)];
    }

    /// <summary>What may be shown of an organization; everything where it has no figures. Several may ask at the same time.</summary>
    public Visibility Of(Guid organizationId)
    {
        lock (_decided)
            return Decide(organizationId);
    }

    private Visibility Decide(Guid organizationId)
    {
        if (!_people.TryGetValue(organizationId, out var people))
            return new Visibility();
        if (_decided.TryGetValue(organizationId, out var known))
            return known;

        if (_parents[organizationId] is { } parent)
            DecideFamily(parent);
        else
            _decided[organizationId] = FamilySuppression.OfRoot(people, _minimum);
        return _decided[organizationId];
    }

    private void DecideFamily(Guid parent)
    {
        var children = _children[parent].ToList();
        var counts = children.ConvertAll(child => _people[child]);
        var decided = FamilySuppression.Of(Decide(parent), _people[parent], counts, _minimum, _roles);
        for (var i = 0; i < children.Count; i++)
            _decided[children[i]] = decided[i];
    }
}
