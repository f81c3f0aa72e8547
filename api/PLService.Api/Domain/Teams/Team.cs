namespace PLService.Api.Domain.Teams;

/// <summary>Whether a team still works.</summary>
public enum TeamStatus
{
    Active,
    Dissolved,
}

/// <summary>A standing or working group of an organization.</summary>
public sealed class Team : TenantEntity
{
    public const int NameMaxLength = 200;

    private Team()
    {
    }

    public Guid OrganizationId { get; private init; }
    public TeamKind Kind { get; private set; }
    public TeamStatus Status { get; private set; }
    public string Name { get; private set; } = "";
    public string? Purpose { get; private set; }
    public string[] Commitments { get; private set; } = [];
    public DateOnly? RenewsOn { get; private set; }
    public DateOnly? StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }

    /// <summary>The id by which files and other systems name it; unique in the organization.</summary>
    public string? ExternalId { get; private set; }

    internal static Team Create(Guid organizationId, TeamContent content)
    {
        var team = new Team { OrganizationId = organizationId };
        team.Become(content);
        return team;
    }

    /// <summary>Takes over what is said of the team from now on.</summary>
    internal void Become(TeamContent content)
    {
        (Kind, Name, Purpose, RenewsOn, StartsOn, EndsOn, ExternalId) =
            (content.Kind, content.Name, content.Purpose, content.RenewsOn, content.StartsOn, content.EndsOn, content.ExternalId);
        if (!Commitments.SequenceEqual(content.Commitments))
            Commitments = [.. content.Commitments];
    }

    /// <summary>What is said of it now.</summary>
    internal TeamContent Content() => new()
    {
        Kind = Kind,
        Name = Name,
        Purpose = Purpose,
        Commitments = Commitments,
        RenewsOn = RenewsOn,
        StartsOn = StartsOn,
        EndsOn = EndsOn,
        ExternalId = ExternalId,
    };

    /// <summary>Ends its work; members and meetings stay to be read.</summary>
    public DomainError? Dissolve(DateOnly lastDay)
    {
        if (Status is TeamStatus.Dissolved)
            return TeamErrors.AlreadyDissolved;
        if (lastDay < StartsOn)
            return TeamErrors.EndsBeforeStart;

        (Status, EndsOn) = (TeamStatus.Dissolved, lastDay);
        return null;
    }

    /// <summary>Takes its work up again, without a last day.</summary>
    public DomainError? Reopen()
    {
        if (Status is TeamStatus.Active)
            return TeamErrors.NotDissolved;

        (Status, EndsOn) = (TeamStatus.Active, null);
        return null;
    }
}
