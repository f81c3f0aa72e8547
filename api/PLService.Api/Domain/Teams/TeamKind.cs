namespace PLService.Api.Domain.Teams;

/// <summary>What kind of team it is.</summary>
public enum TeamKind
{
    /// <summary>A Professional Development and Evaluation Committee.</summary>
    Pdec,
    LearningCommunity,

    /// <summary>Works on one strategy or task, and then is dissolved.</summary>
    WorkingGroup,
    DistrictTeam,
    Other,
}
