using PLService.Api.Domain.Instruments;

namespace PLService.Api.Persistence.Rollups;

/// <summary>Figures of one organization in one round, all versions together.</summary>
internal sealed class RollupFigures(MergedInstrument instrument, string round)
{
    private readonly int[] _assessments = new int[instrument.Versions.Count];
    private readonly int[] _organizations = new int[instrument.Versions.Count];
    private readonly int[] _responses = new int[instrument.Versions.Count];

    public string Round => round;

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
        _assessments[version] += row.Assessments;
        _organizations[version] += row.Organizations;
        _responses[version] += row.Responses;
        instrument.Add(Counts, version, row.Counts);
    }
}
