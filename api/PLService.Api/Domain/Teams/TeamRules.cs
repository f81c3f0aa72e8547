using System.Text.Json;

namespace PLService.Api.Domain.Teams;

/// <summary>Something that a team of a kind has to be made up of.</summary>
/// <param name="Constituency">Code of the group that is to be in it.</param>
/// <param name="Minimum">How many members at least, 1 to 100.</param>
internal sealed record TeamRule(string Constituency, int Minimum);

/// <summary>The rules that a tenant has set for a kind of team.</summary>
public sealed class TeamRuleSet : TenantEntity
{
    public const int MaxRules = 30;
    public const int MaxMinimum = 100;

    private TeamRuleSet()
    {
    }

    public TeamKind Kind { get; private init; }

    /// <summary>JSON list of <see cref="TeamRule"/>.</summary>
    public string Rules { get; private set; } = "[]";

    internal static TeamRuleSet Create(TeamKind kind, IReadOnlyList<TeamRule> rules)
    {
        var set = new TeamRuleSet { Kind = kind };
        set.Replace(rules);
        return set;
    }

    internal IReadOnlyList<TeamRule> Read() => JsonSerializer.Deserialize<IReadOnlyList<TeamRule>>(Rules, JsonSerializerOptions.Web)!;

    internal void Replace(IReadOnlyList<TeamRule> rules) => Rules = JsonSerializer.Serialize(rules, JsonSerializerOptions.Web);
}

/// <summary>The rules of each kind of team.</summary>
internal sealed class TeamRules(IEnumerable<TeamRuleSet> ofTenant)
{
    // Connecticut wants each of these on a Professional Development and Evaluation Committee.
    private static readonly IReadOnlyList<TeamRule> ShippedForPdec = [new("teacher", 1), new("administrator", 1), new("bargainingUnit", 1)];

    private readonly Dictionary<TeamKind, TeamRuleSet> _sets = ofTenant.ToDictionary(set => set.Kind);

    /// <summary>What the tenant has set; where it has set nothing, what the service brings along.</summary>
    public IReadOnlyList<TeamRule> Of(TeamKind kind) => SetOf(kind)?.Read() ?? ShippedOf(kind);

    /// <summary>What the tenant has set; null where it has set nothing.</summary>
    public TeamRuleSet? SetOf(TeamKind kind) => _sets.GetValueOrDefault(kind);

    private static IReadOnlyList<TeamRule> ShippedOf(TeamKind kind) => kind is TeamKind.Pdec ? ShippedForPdec : [];
}
