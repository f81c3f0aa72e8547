namespace PLService.Api.Domain.Teams;

/// <summary>What is said of somebody in a team.</summary>
/// <param name="PersonId">The person; none for somebody who is no person of the service.</param>
/// <param name="Name">Who it is, in words, where it is no person of the service; 200 characters at most.</param>
/// <param name="Role">What they do in the team: chair, facilitator, note taker; 60 characters at most.</param>
/// <param name="Constituencies">Codes of the groups that they stand for, 10 at most.</param>
/// <param name="StartsOn">First day of the term, in the organization's time zone; always unless given.</param>
/// <param name="EndsOn">Last day of the term; for good unless given.</param>
internal sealed record TeamMemberContent(
    Guid? PersonId = null, string? Name = null, string? Role = null, IReadOnlyList<string>? Constituencies = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null);

/// <summary>Somebody in a team for a term; who is appointed once more has a further term.</summary>
public sealed class TeamMember : TenantEntity
{
    public const int NameMaxLength = 200;
    public const int RoleMaxLength = 60;
    public const int MaxConstituencies = 10;

    /// <summary>How many terms a team may have, those that are over counted.</summary>
    public const int MaxPerTeam = 500;

    private TeamMember()
    {
    }

    public Guid TeamId { get; private init; }
    public Guid? PersonId { get; private set; }

    /// <summary>Who it is where it is no person.</summary>
    public string? Name { get; private set; }

    public string? Role { get; private set; }

    /// <summary>Codes of the groups that they stand for.</summary>
    public string[] Constituencies { get; private set; } = [];

    public DateOnly? StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }

    internal static TeamMember Create(Guid teamId, TeamMemberContent content)
    {
        var member = new TeamMember { TeamId = teamId };
        member.Become(content);
        return member;
    }

    /// <summary>Takes over what is said; a name in words may become a person, and a person nobody else.</summary>
    internal DomainError? Change(TeamMemberContent content)
    {
        if (PersonId is not null && content.PersonId != PersonId)
            return TeamErrors.OtherPerson;

        Become(content);
        return null;
    }

    /// <summary>Ends the term.</summary>
    public DomainError? End(DateOnly lastDay)
    {
        if (lastDay < StartsOn)
            return TeamErrors.TermEndsBeforeStart;
        if (EndsOn <= lastDay)
            return TeamErrors.TermIsOver;

        EndsOn = lastDay;
        return null;
    }

    /// <summary>Whether the two share a day.</summary>
    internal bool Overlaps(TeamMemberContent other) =>
        (StartsOn ?? DateOnly.MinValue) <= (other.EndsOn ?? DateOnly.MaxValue) && (other.StartsOn ?? DateOnly.MinValue) <= (EndsOn ?? DateOnly.MaxValue);

    /// <summary>What is said of them now.</summary>
    internal TeamMemberContent Content() => new(PersonId, Name, Role, Constituencies, StartsOn, EndsOn);

    private void Become(TeamMemberContent content)
    {
        (PersonId, Name, Role, StartsOn, EndsOn) = (content.PersonId, content.Name, content.Role, content.StartsOn, content.EndsOn);
        if (!Constituencies.SequenceEqual(content.Constituencies ?? []))
            Constituencies = [.. content.Constituencies ?? []];
    }
}
