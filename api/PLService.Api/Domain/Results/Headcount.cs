namespace PLService.Api.Domain.Results;

/// <summary>
/// How many people stand behind the figures of one organization in one round: all of them first, then those of each set of instrument
/// versions that some item is made of. An item that only one version has is answered by the people of that version alone.
/// </summary>
/// <remarks>Roles are not told apart by version: figures of a role are given only for items that all versions of the round have.</remarks>
/// <param name="sets">How many numbers that is.</param>
internal sealed class Headcount(int sets)
{
    private readonly Dictionary<string, int> _roles = new(StringComparer.Ordinal);

    public int[] People { get; } = new int[sets];

    /// <summary>Codes of the roles that somebody has.</summary>
    public IEnumerable<string> Roles => _roles.Where(role => role.Value > 0).Select(role => role.Key);

    /// <summary>People without a role.</summary>
    public int WithoutRole => People[0] - _roles.Values.Sum();

    /// <summary>People of a role; people without a role are in none.</summary>
    public int Of(string role) => _roles.GetValueOrDefault(role);

    /// <summary>Whether any figure of all people would be one of too few.</summary>
    public bool IsSmall(int minimum) => People.Any(people => Suppression.IsSmall(people, minimum));

    /// <summary>Adds people of one version, whatever their role.</summary>
    /// <param name="people">How many.</param>
    /// <param name="isIn">Whether the version belongs to a set.</param>
    public void Add(int people, Func<int, bool> isIn)
    {
        for (var set = 0; set < People.Length; set++)
            People[set] += isIn(set) ? people : 0;
    }

    /// <summary>Says that some of the people have a role.</summary>
    public void AddRole(string role, int people) => _roles[role] = Of(role) + people;

    /// <summary>Those who are left when others are taken away.</summary>
    public Headcount Without(IEnumerable<Headcount> others)
    {
        var left = new Headcount(People.Length);
        left.Add(this, 1);
        foreach (var other in others)
            left.Add(other, -1);
        return left;
    }

    private void Add(Headcount other, int sign)
    {
        for (var set = 0; set < People.Length; set++)
            People[set] += sign * other.People[set];
        foreach (var (role, people) in other._roles)
            AddRole(role, sign * people);
    }
}

/// <summary>What of an organization's figures may be shown in a round.</summary>
internal sealed class Visibility
{
    private readonly Dictionary<string, WithheldReason> _roles = new(StringComparer.Ordinal);

    /// <summary>Why nothing is shown; null when the figures of all people are.</summary>
    public WithheldReason? Whole { get; set; }

    /// <summary>Why figures are withheld; null when they are shown.</summary>
    /// <param name="role">A role, or "" for all people.</param>
    public WithheldReason? Of(string role) => role.Length == 0 || Whole is not null ? Whole : _roles.TryGetValue(role, out var reason) ? reason : null;

    /// <summary>Withholds a role; the first reason stays.</summary>
    public void Withhold(string role, WithheldReason reason) => _roles.TryAdd(role, reason);
}
