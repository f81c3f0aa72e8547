namespace PLService.Api.Domain.Plans;

/// <summary>What of a plan can be due.</summary>
public enum DueKind
{
    /// <summary>An action step that is neither done nor given up.</summary>
    Step,

    /// <summary>The next mark of a plan's chart, at which the team looks back.</summary>
    CheckIn,

    /// <summary>An improvement cycle that is to be reviewed and is not decided.</summary>
    Cycle,
}

public static class DueErrors
{
    public static readonly DomainError LeadersOnly = new(
        "due.leaders_only", "What is due for others is told to those who lead where the plans are; leave the filters out for what is due for you.");
}
