namespace PLService.Api.Domain.Results;

/// <summary>
/// Suppression of the roles of one family: a table of its members by roles, whose rows add up to the members and whose columns to the
/// roles of their parent. People without a role are a column that is never shown.
/// </summary>
/// <remarks>
/// A role in which some member is too small is withheld for all members, also for those that nobody of the role took part in: an
/// absent role and a withheld one cannot be told apart. Such columns are at least two, so that the withheld part of the table is a full
/// block, in which every cell lies on many rings of withheld cells and none follows from the sums (see <see cref="CellSuppression"/>).
/// Further cells are added to the block at two places or more, which keeps it so.
/// </remarks>
internal sealed class RoleSuppression
{
    private readonly IReadOnlyList<Headcount> _members;
    private readonly IReadOnlyList<Visibility> _visible;
    private readonly int _own;
    private readonly Visibility _parent;
    private readonly int _minimum;
    private readonly List<string> _roles;
    private readonly bool _hasPeopleWithoutRole;
    private readonly bool[,] _hidden;
    private readonly HashSet<int> _columns = [];

    /// <param name="roles">All roles of the tree.</param>
    /// <param name="members">The members of the family.</param>
    /// <param name="visible">What may be shown of each; their roles are added to it.</param>
    /// <param name="own">The member that is never shown; -1 for none.</param>
    /// <param name="sum">The people of all members.</param>
    /// <param name="parent">What may be shown of the sum.</param>
    /// <param name="minimum">Least number of people that is shown.</param>
    public RoleSuppression(
        IReadOnlyCollection<string> roles, IReadOnlyList<Headcount> members, IReadOnlyList<Visibility> visible, int own, Headcount sum, Visibility parent, int minimum)
    {
        (_members, _visible, _own, _parent, _minimum) = (members, visible, own, parent, minimum);
        // A role that is nobody's is shown as such, unless it is withheld above: then its absence is as well.
        _roles = [.. roles.Where(role => sum.Of(role) > 0 || parent.Of(role) is not null).OrderBy(sum.Of).ThenBy(role => role, StringComparer.Ordinal)];
        _hasPeopleWithoutRole = sum.WithoutRole > 0;
        _hidden = new bool[members.Count, _roles.Count];
    }

    public void Decide()
    {
        HideColumns();
        for (var m = 0; m < _members.Count; m++)
        {
            for (var r = 0; r < _roles.Count; r++)
                _hidden[m, r] |= _columns.Contains(r) || IsHiddenAltogether(m);
        }

        while (Enumerable.Range(0, _members.Count).Any(ProtectRow) || Enumerable.Range(0, _roles.Count).Any(ProtectColumn) || ProtectRest())
        {
        }

        for (var m = 0; m < _members.Count; m++)
        {
            for (var r = 0; r < _roles.Count; r++)
            {
                if (_hidden[m, r])
                    _visible[m].Withhold(_roles[r], Suppression.IsSmall(_members[m].Of(_roles[r]), _minimum) ? WithheldReason.SmallGroup : WithheldReason.Complementary);
            }
        }
    }

    private bool IsHiddenAltogether(int member) => member == _own || _visible[member].Whole is not null;

    private void HideColumns()
    {
        for (var r = 0; r < _roles.Count; r++)
        {
            var isSmallSomewhere = Enumerable.Range(0, _members.Count).Any(m => !IsHiddenAltogether(m) && Suppression.IsSmall(_members[m].Of(_roles[r]), _minimum));
            if (isSmallSomewhere || _parent.Of(_roles[r]) is not null)
                _columns.Add(r);
        }

        // Roles are sorted by size: the smallest others are withheld beside a single one.
        for (var r = 0; r < _roles.Count && _columns.Count > 0 && _columns.Count + (_hasPeopleWithoutRole ? 1 : 0) < 2; r++)
            _columns.Add(r);
    }

    /// <summary>What is left of a shown member when its shown roles are taken away must be nobody, or enough people of two columns.</summary>
    private bool ProtectRow(int m)
    {
        if (IsHiddenAltogether(m))
            return false;

        var (columns, people) = (_hasPeopleWithoutRole ? 1 : 0, _members[m].WithoutRole);
        var hidden = 0;
        for (var r = 0; r < _roles.Count; r++)
        {
            if (!_hidden[m, r])
                continue;
            hidden++;
            people += _members[m].Of(_roles[r]);
        }

        var isLonely = hidden > 0 && hidden + columns < 2;
        return (isLonely || Suppression.IsSmall(people, _minimum)) && HideOneMore(Enumerable.Range(0, _roles.Count).Select(r => (m, r)));
    }

    /// <summary>What is left of the parent's role when the shown members are taken away must be nobody, or enough people of two members.</summary>
    private bool ProtectColumn(int r)
    {
        if (_members.Count == 1 || _parent.Of(_roles[r]) is not null)
            return false;

        // Own assessments that there are none of hide nothing: that nobody answered there is told by the counts of organizations.
        var hidden = Enumerable.Range(0, _members.Count).Where(m => _hidden[m, r] && _members[m].People[0] > 0).ToList();
        var people = hidden.Sum(m => _members[m].Of(_roles[r]));
        var isLonely = hidden is [var only] && only != _own;
        return (isLonely || Suppression.IsSmall(people, _minimum)) && HideOneMore(Enumerable.Range(0, _members.Count).Select(m => (m, r)));
    }

    /// <summary>
    /// Members that are hidden altogether are found together, by taking the others from the parent, and so are their roles that no other
    /// member hides. What is left of them then is one more row.
    /// </summary>
    private bool ProtectRest()
    {
        if (_parent.Whole is not null || _members.Count == 1)
            return false;

        var rest = Enumerable.Range(0, _members.Count).Where(m => IsHiddenAltogether(m) && _members[m].People[0] > 0).ToList();
        var others = Enumerable.Range(0, _members.Count).Where(m => !IsHiddenAltogether(m)).ToList();
        var hidden = Enumerable.Range(0, _roles.Count).Where(r => _parent.Of(_roles[r]) is not null || others.Exists(m => _hidden[m, r])).ToList();
        var withoutRole = rest.Sum(m => _members[m].WithoutRole);
        var people = withoutRole + rest.Sum(m => hidden.Sum(r => _members[m].Of(_roles[r])));
        var isLonely = rest.Count > 0 && hidden.Count == 1 && !_hasPeopleWithoutRole;
        return (isLonely || Suppression.IsSmall(people, _minimum))
            && HideOneMore(Enumerable.Range(0, _roles.Count).Except(hidden).SelectMany(_ => others, (r, m) => (m, r)));
    }

    /// <summary>Withholds the smallest shown cell, an empty one only where there is no other.</summary>
    private bool HideOneMore(IEnumerable<(int Member, int Role)> cells)
    {
        var shown = cells.Where(cell => !_hidden[cell.Member, cell.Role]).ToList();
        if (shown.Count == 0)
            return false;

        var (member, role) = shown.MinBy(cell => _members[cell.Member].Of(_roles[cell.Role]) is var people and > 0 ? people : int.MaxValue);
        _hidden[member, role] = true;
        return true;
    }
}
