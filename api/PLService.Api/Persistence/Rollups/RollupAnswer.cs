using System.Collections.Concurrent;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Persistence.Rollups;

/// <summary>Roll-ups that were read: figures of all versions together, and what of them may be shown.</summary>
internal sealed class RollupAnswer
{
    private readonly Dictionary<Guid, int> _versions;
    private readonly Dictionary<string, Decided> _decided = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Organization, string Round), RollupFigures> _figures = [];
    private readonly ConcurrentDictionary<object, object> _workedOut = [];

    public RollupAnswer(RollupQuestion question, RollupRows rows, MergedInstrument instrument)
    {
        (Question, Rows, Instrument) = (question, rows, instrument);
        _versions = rows.Versions.Select((version, i) => (version.Id, i)).ToDictionary();
        foreach (var row in rows.Figures)
        {
            if (!_figures.TryGetValue((row.OrganizationId, row.Round), out var figures))
                _figures[(row.OrganizationId, row.Round)] = figures = new RollupFigures(instrument, row.Round);
            figures.Add(_versions[row.VersionId], row);
        }

        foreach (var round in rows.People.GroupBy(row => row.Round))
            _decided[round.Key] = Decide(round.ToList());
    }

    /// <summary>What follows from this answer alone: worked out once, for as long as the answer is remembered.</summary>
    public T WorkOut<T>(object key, Func<T> work)
        where T : class => (T)_workedOut.GetOrAdd((typeof(T), key), _ => work());

    public RollupQuestion Question { get; }

    public RollupRows Rows { get; }

    public MergedInstrument Instrument { get; }

    /// <summary>The round that was asked for, or the only one that was read when the latest was wanted; null when there is none.</summary>
    public string? Round => Question.Round ?? (Rows.People.Count > 0 ? Rows.People[0].Round : null);

    /// <summary>Figures of the organizations that were asked for, per round; also those that must not be shown.</summary>
    public IEnumerable<(Guid Organization, RollupFigures Figures)> Figures => _figures.Select(pair => (pair.Key.Organization, pair.Value));

    /// <summary>Figures of an organization in a round; null when it has none.</summary>
    public RollupFigures? FiguresOf(Guid organizationId, string round) => _figures.GetValueOrDefault((organizationId, round));

    /// <summary>
    /// The rounds of an organization in the order in which they began, whatever role was asked for: that nobody had the role in a round
    /// must not be told apart from its being withheld.
    /// </summary>
    public IEnumerable<RollupRound> RoundsOf(Guid organizationId) => Rows.People
        .Where(row => row.OrganizationId == organizationId && row.Role.Length == 0)
        .GroupBy(row => row.Round)
        .Select(rows => new RollupRound(
            rows.Key, rows.Min(row => row.FirstOpenedAt), rows.Select(row => _versions[row.VersionId]).ToHashSet()))
        .OrderBy(round => round.FirstOpenedAt).ThenBy(round => round.Label, StringComparer.Ordinal);

    /// <summary>Why figures of the role asked for are withheld; null when they may be shown.</summary>
    public WithheldReason? Withheld(Guid organizationId, string round) =>
        _decided.TryGetValue(round, out var decided) ? decided.Suppression.Of(organizationId).Of(Question.Role) : null;

    /// <summary>Whether an element's figures are given: those of a role are not where some version of the round lacks the item.</summary>
    public bool IsGiven(MergedElement element, string round) =>
        Question.Role.Length == 0 || (_decided.TryGetValue(round, out var decided) && decided.Versions.IsSubsetOf(element.Versions));

    private Decided Decide(List<PeopleRow> rows)
    {
        var groups = Instrument.Groups;
        var people = new Dictionary<Guid, Headcount>();
        foreach (var row in rows)
        {
            if (!people.TryGetValue(row.OrganizationId, out var headcount))
                people[row.OrganizationId] = headcount = new Headcount(1 + groups.Count);
            var version = _versions[row.VersionId];
            if (row.Role.Length == 0)
                headcount.Add(row.Responses, set => set == 0 || groups[set - 1].Contains(version));
            else
                headcount.AddRole(row.Role, row.Responses);
        }

        var parents = rows.DistinctBy(row => row.OrganizationId).ToDictionary(row => row.OrganizationId, row => row.ParentId);
        return new Decided(
            new RollupSuppression(Rows.Minimum, parents, people.Where(pair => pair.Value.People[0] > 0).ToDictionary()),
            rows.Where(row => row.ParentId is null && row.Role.Length == 0).Select(row => _versions[row.VersionId]).ToHashSet());
    }

    /// <param name="Suppression">What may be shown in the round.</param>
    /// <param name="Versions">The versions that anybody in the tree used in it.</param>
    private sealed record Decided(RollupSuppression Suppression, IReadOnlySet<int> Versions);
}

/// <summary>A round of an organization.</summary>
/// <param name="Label">Its label.</param>
/// <param name="FirstOpenedAt">When its first assessment was opened there.</param>
/// <param name="Versions">Places of the instrument's versions that were used, in <see cref="MergedInstrument.Versions"/>.</param>
internal sealed record RollupRound(string Label, DateTimeOffset FirstOpenedAt, IReadOnlySet<int> Versions);
