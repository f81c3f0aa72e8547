namespace PLService.Api.Domain.Plans;

/// <summary>A calendar of what is due, which programs fetch by an address that holds a secret: a person's own, or that of a team.</summary>
public sealed class CalendarFeed : TenantEntity
{
    public const int NameMaxLength = 120;

    /// <summary>How many one person may have.</summary>
    public const int MaxPerPerson = 20;

    private CalendarFeed()
    {
    }

    /// <summary>Who made it: it stops when the person is deactivated, or may not see the team any more.</summary>
    public Guid PersonId { get; private init; }

    /// <summary>The team whose steps it shows; null for what is due for the person.</summary>
    public Guid? TeamId { get; private init; }

    public string Name { get; private init; } = "";

    /// <summary>SHA-256 of the token.</summary>
    public byte[] TokenHash { get; private init; } = [];

    internal static CalendarFeed Create(Guid id, Guid personId, Guid? teamId, string name, byte[] tokenHash) =>
        new() { Id = id, PersonId = personId, TeamId = teamId, Name = name, TokenHash = tokenHash };
}

public static class CalendarFeedErrors
{
    public static readonly DomainError UnknownTeam = new("calendar_feed.unknown_team", "There is no such team, or you do not reach it.");
    public static readonly DomainError TooMany = new("calendar_feed.too_many", "You have 20 calendars, as many as one may have; revoke one that is not used any more.");
}
