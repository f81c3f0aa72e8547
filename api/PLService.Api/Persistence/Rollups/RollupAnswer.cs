using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Persistence.Rollups;

/// <summary>Roll-ups that were read: figures of all versions together, and what of them may be shown.</summary>
internal sealed class RollupAnswer
{
    private readonly Dictionary<Guid, int> _versions;
    private readonly Dictionary<string, RollupRound> _rounds = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Organization, string Round), RollupFigures> _figures = [];

    public RollupAnswer(RollupQuestion question, RollupRows rows, MergedInstrument instrument)
    {
        (Question, Rows, Instrument) = (question, rows, instrument);
        _versions = rows.Versions.Select((version, i) => (version.Id, i)).ToDictionary();
        // A version that closed its first assessment between two statements of the batch is left for the next report.
        foreach (var row in rows.Figures.Where(row => _versions.ContainsKey(row.VersionId)))
        {
            if (!_figures.TryGetValue((row.OrganizationId, row.Round), out var figures))
                _figures[(row.OrganizationId, row.Round)] = figures = new RollupFigures(instrument, row.Round);
            figures.Add(_versions[row.VersionId], row);
        }

        foreach (var round in rows.People.Where(row => _versions.ContainsKey(row.VersionId)).GroupBy(row => row.Round))
            _rounds[round.Key] = Decide(round.ToList());
    }

    public RollupQuestion Question { get; }

    public RollupRows Rows { get; }

    public MergedInstrument Instrument { get; }

    /// <summary>The round that was read when none was asked for and only the latest was wanted; null when there is none.</summary>
    public string? LatestRound => Rows.People.Count > 0 ? Rows.People[0].Round : null;

    /// <summary>Figures of the organizations that were asked for, per round; also those that must not be shown.</summary>
    public IEnumerable<(Guid Organization, RollupFigures Figures)> Figures => _figures.Select(pair => (pair.Key.Organization, pair.Value));

    /// <summary>Figures of an organization in a round; null when it has none.</summary>
    public RollupFigures? FiguresOf(Guid organizationId, string round) => _figures.GetValueOrDefault((organizationId, round));

    /// <summary>Why figures of the role asked for are withheld; null when they may be shown.</summary>
    public WithheldReason? Withheld(Guid organizationId, string round) =>
        _rounds.TryGetValue(round, out var decided) ? decided.Suppression.Of(organizationId).Of(Question.Role) : null;

    /// <summary>Whether an element's figures are given: those of a role are not where some version of the round lacks the item.</summary>
    public bool IsGiven(MergedElement element, string round) =>
        Question.Role.Length == 0 || (_rounds.TryGetValue(round, out var decided) && decided.Versions.All(element.Versions.Contains));

    private RollupRound Decide(List<PeopleRow> rows)
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
        return new RollupRound(
            new RollupSuppression(Rows.Minimum, parents, people.Where(pair => pair.Value.People[0] > 0).ToDictionary()),
            [.. rows.Where(row => row.ParentId is null && row.Role.Length == 0).Select(row => _versions[row.VersionId])]);
    }

    /// <param name="Suppression">What may be shown in the round.</param>
    /// <param name="Versions">The versions that anybody in the tree used in it.</param>
    private sealed record RollupRound(RollupSuppression Suppression, IReadOnlySet<int> Versions);
}

/// <summary>Figures of one organization in one round, all versions together.</summary>
internal sealed class RollupFigures(MergedInstrument instrument, string round)
{
    private readonly int[] _assessments = new int[instrument.Versions.Count];
    private readonly int[] _organizations = new int[instrument.Versions.Count];
    private readonly int[] _responses = new int[instrument.Versions.Count];

    public string Round => round;

    /// <summary>When the first assessment of the round was opened here.</summary>
    public DateTimeOffset FirstOpenedAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>As the merged instrument packs them.</summary>
    public int[] Counts { get; } = new int[instrument.CountsLength];

    public int Assessments => _assessments.Sum();

    /// <summary>An organization that used two versions in one round counts for each.</summary>
    public int Organizations => _organizations.Sum();

    public int Responses => _responses.Sum();

    /// <summary>Whether the version was used here.</summary>
    public bool Uses(int version) => _assessments[version] > 0;

    /// <summary>Assessments, organizations and responses of some versions.</summary>
    public (int Assessments, int Organizations, int Responses) Of(IReadOnlySet<int> versions) =>
        (versions.Sum(v => _assessments[v]), versions.Sum(v => _organizations[v]), versions.Sum(v => _responses[v]));

    public void Add(int version, FigureRow row)
    {
        FirstOpenedAt = row.FirstOpenedAt < FirstOpenedAt ? row.FirstOpenedAt : FirstOpenedAt;
        _assessments[version] += row.Assessments;
        _organizations[version] += row.Organizations;
        _responses[version] += row.Responses;
        instrument.Add(Counts, version, row.Counts);
    }
}
