using PLService.Api.Domain.Teams;

namespace PLService.Api.Domain.Toolkits;

/// <summary>A team at work on a toolkit version.</summary>
public sealed class ToolkitRun : TenantEntity
{
    public const int TeamNameMaxLength = 200;
    public const int MemberRoleMaxLength = 60;
    public const int MaxMembers = 100;

    private ToolkitRun()
    {
    }

    public Guid OrganizationId { get; private init; }

    /// <summary>This tenant, or the nil UUID when the toolkit is one of the system catalog.</summary>
    public Guid ToolkitTenantId { get; private init; }

    public Guid ToolkitVersionId { get; private init; }
    public string TeamName { get; private set; } = "";
    public TeamKind TeamKind { get; private set; }

    /// <summary>JSON map of framework code to the standards that fields are repeated for, as they were when the team began.</summary>
    public string Standards { get; private init; } = "{}";

    public static ToolkitRun Create(Guid organizationId, Guid toolkitTenantId, Guid toolkitVersionId, string standards, string teamName, TeamKind teamKind) => new()
    {
        OrganizationId = organizationId,
        ToolkitTenantId = toolkitTenantId,
        ToolkitVersionId = toolkitVersionId,
        Standards = standards,
        TeamName = teamName,
        TeamKind = teamKind,
    };

    public void Rename(string teamName, TeamKind teamKind) => (TeamName, TeamKind) = (teamName, teamKind);
}

/// <summary>Somebody of the team.</summary>
public sealed class ToolkitRunMember : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid RunId { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>What the person does in the team, in the team's words.</summary>
    public string? Role { get; set; }
}

/// <summary>How far a team is with a tool.</summary>
public enum ToolState
{
    NotStarted,
    InProgress,
    Done,
    Skipped,
}

/// <summary>What somebody said of the state of a tool.</summary>
public sealed class ToolMark : ITenantOwned
{
    public const int ReasonMaxLength = 500;

    public Guid TenantId { get; private init; }
    public Guid RunId { get; init; }
    public string ToolCode { get; init; } = "";
    public ToolState State { get; set; }

    /// <summary>Why it was skipped.</summary>
    public string? Reason { get; set; }

    public Guid? PersonId { get; set; }
    public Guid? ApiClientId { get; set; }
    public DateTimeOffset At { get; set; }
}

public static class ToolkitRunErrors
{
    public static readonly DomainError UnknownOrganization = new("toolkit_run.unknown_organization", "There is no such organization, or you cannot reach it.");
    public static readonly DomainError OrganizationIsClosed = new("toolkit_run.organization_closed", "The organization is closed.");
    public static readonly DomainError UnknownToolkit = new("toolkit_run.unknown_toolkit", "There is no published toolkit version like this.");
    public static readonly DomainError UnknownPerson = new("toolkit_run.unknown_person", "There is no such active person, or you cannot reach them.");
    public static readonly DomainError TooManyFields =
        new("toolkit_run.too_many_fields", "With a field for each standard of its frameworks the toolkit has more fields than a team can work with.");
    public static readonly DomainError NotMember =
        new("toolkit_run.not_member", "You are not of this team: participants work in the teams that they are members of.");
    public static readonly DomainError TeamOnly = new("toolkit_run.team_only", "What single people share is for their team and those who lead it.");
    public static readonly DomainError LeadOnly = new("toolkit_run.lead_only", "Only facilitators and leads can delete a team's work.");
    public static readonly DomainError HasWork = new("toolkit_run.has_work", "The team has begun: its answers, texts and marks stay.");
}
