namespace PLService.Api.Domain.Results;

/// <summary>
/// How many people stand behind the figures of one organization in one round: all of them first, then those of each set of instrument
/// versions that some item is made of. An item that only one version has is answered by the people of that version alone.
/// </summary>
/// <param name="sets">How many numbers that is.</param>
internal sealed class Headcount(int sets)
{
    private readonly Dictionary<string, int[]> _roles = new(StringComparer.Ordinal);

    public int[] People { get; } = new int[sets];

    /// <summary>Codes of the roles that somebody has.</summary>
    public IEnumerable<string> Roles => _roles.Keys;

    /// <summary>People of a role; people without a role are in none.</summary>
    public int Of(string role) => _roles.TryGetValue(role, out var people) ? people[0] : 0;

    /// <summary>People without a role.</summary>
    public int WithoutRole => People[0] - _roles.Values.Sum(people => people[0]);

    /// <summary>Whether any figure of all people would be one of too few.</summary>
    public bool IsSmall(int minimum) => People.Any(people => Suppression.IsSmall(people, minimum));

    /// <summary>Whether any figure of the role would be one of too few.</summary>
    public bool IsSmall(string role, int minimum) => _roles.TryGetValue(role, out var sizes) && sizes.Any(people => Suppression.IsSmall(people, minimum));

    /// <summary>Adds people of one version.</summary>
    /// <param name="role">Their role, "" for all people whatever their role.</param>
    /// <param name="people">How many.</param>
    /// <param name="isIn">Whether the version belongs to a set.</param>
    public void Add(string role, int people, Func<int, bool> isIn)
    {
        var sizes = role.Length == 0 ? People : SizesOf(role);
        for (var set = 0; set < sizes.Length; set++)
            sizes[set] += isIn(set) ? people : 0;
    }

    /// <summary>Those who are left when others are taken away.</summary>
    public Headcount Without(IEnumerable<Headcount> others)
    {
        var left = new Headcount(People.Length);
        Add(left, this, 1);
        foreach (var other in others)
            Add(left, other, -1);
        return left;
    }

    private static void Add(Headcount to, Headcount from, int sign)
    {
        foreach (var (role, sizes) in from._roles.Append(new("", from.People)))
        {
            var target = role.Length == 0 ? to.People : to.SizesOf(role);
            for (var set = 0; set < sizes.Length; set++)
                target[set] += sign * sizes[set];
        }
    }

    private int[] SizesOf(string role) => _roles.TryGetValue(role, out var sizes) ? sizes : _roles[role] = new int[People.Length];
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
