namespace PLService.Api.Domain.Imports;

/// <summary>What the records of a bulk file say.</summary>
public enum ImportKind
{
    /// <summary>A record per rating.</summary>
    ReadinessRatings,

    /// <summary>A record per participant with a column per item: what form tools export.</summary>
    ReadinessWide,

    /// <summary>A record per group and item with counts of levels: posters that were filled on paper.</summary>
    Tallies,

    /// <summary>A record per organization of the tree.</summary>
    Organizations,

    /// <summary>A record per person.</summary>
    People,

    /// <summary>A record per role of a person in a place.</summary>
    Memberships,

    /// <summary>A zip by OneRoster: organizations and staff.</summary>
    OneRoster,

    /// <summary>A record per plan, strategy, action step or obstacle, each with the plan that it stands in: the form of the export of plans.</summary>
    Plans,
}

/// <summary>How the records are written down.</summary>
public enum ImportFormat
{
    Csv,
    Ndjson,
}
