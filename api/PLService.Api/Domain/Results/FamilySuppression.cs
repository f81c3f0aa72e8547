namespace PLService.Api.Domain.Results;

/// <summary>
/// Suppression among the children of one organization, whose sum is the organization itself. Its own assessments are one more child,
/// which is never shown but could be found by subtracting the others.
/// </summary>
/// <remarks>
/// Of a sum, either all parts are shown, or at least two are withheld, which hold the minimum of people together; and a withheld sum has
/// withheld parts. So a withheld part always has a second way down the tree to a part that is withheld too, and no chain of subtractions
/// closes on it. <see cref="RoleSuppression"/> does the same in the other direction, for roles.
/// </remarks>
internal sealed class FamilySuppression
{
    private readonly int _minimum;
    private readonly Visibility _parent;
    private readonly List<Headcount> _members;
    private readonly Visibility[] _visible;
    private readonly int _own;

    private FamilySuppression(Visibility parent, Headcount people, IReadOnlyList<Headcount> children, int minimum)
    {
        (_minimum, _parent) = (minimum, parent);
        _own = children.Count;
        _members = [.. children, people.Without(children)];
        _visible = [.. _members.Select(_ => new Visibility())];
    }

    /// <summary>What may be shown of a root: whatever is not too small.</summary>
    public static Visibility OfRoot(Headcount people, int minimum)
    {
        var visible = new Visibility();
        if (people.IsSmall(minimum))
            visible.Whole = WithheldReason.SmallGroup;
        new RoleSuppression([.. people.Roles], [people], [visible], own: -1, people, new Visibility(), minimum).Decide();
        return visible;
    }

    /// <summary>What may be shown of each child.</summary>
    /// <param name="parent">What may be shown of their parent.</param>
    /// <param name="people">The parent's people.</param>
    /// <param name="children">The people of each child that has any.</param>
    /// <param name="minimum">Least number of people that is shown.</param>
    /// <param name="roles">All roles of the tree.</param>
    public static IReadOnlyList<Visibility> Of(
        Visibility parent, Headcount people, IReadOnlyList<Headcount> children, int minimum, IReadOnlyCollection<string> roles)
    {
        var family = new FamilySuppression(parent, people, children, minimum);
        family.DecideWholes();
        new RoleSuppression(roles, family._members, family._visible, family._own, people, parent, minimum).Decide();
        return family._visible;
    }

    private void DecideWholes()
    {
        for (var i = 0; i < _own; i++)
        {
            if (_members[i].IsSmall(_minimum))
                _visible[i].Whole = WithheldReason.SmallGroup;
        }

        // The sums of each set of versions are sums of their own; withholding for one of them can make another lopsided.
        while (Enumerable.Range(0, _members[0].People.Length).Any(Protect))
        {
        }
    }

    /// <summary>Withholds the smallest shown child when one more has to be; false when the withheld ones are enough.</summary>
    private bool Protect(int set)
    {
        var withheld = Enumerable.Range(0, _members.Count).Where(i => _members[i].People[set] > 0 && IsHidden(i)).ToList();
        var people = withheld.Sum(i => _members[i].People[set]);
        var isEnough = withheld switch
        {
            [] => _parent.Whole is null,
            [var only] when only == _own => people >= _minimum && _parent.Whole is null,
            _ => withheld.Count >= 2 && people >= _minimum,
        };
        if (isEnough)
            return false;

        var shown = Enumerable.Range(0, _own).Where(i => _members[i].People[set] > 0 && !IsHidden(i)).ToList();
        if (shown.Count == 0)
            return false;

        _visible[shown.MinBy(i => _members[i].People[set])].Whole = WithheldReason.Complementary;
        return true;
    }

    private bool IsHidden(int member) => member == _own || _visible[member].Whole is not null;
}
