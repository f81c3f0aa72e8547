using System.Globalization;
using System.Text.Json;

namespace PLService.Api.Domain.Teams;

/// <summary>A meeting of a team. Its day and times are local: what they are elsewhere follows from the organization's time zone.</summary>
public sealed class TeamMeeting : TenantEntity
{
    public const string TimeFormat = "HH:mm";

    /// <summary>How many a team may have.</summary>
    public const int MaxPerTeam = 2_000;

    private TeamMeeting()
    {
    }

    public Guid TeamId { get; private init; }
    public MeetingStatus Status { get; private set; }
    public DateOnly Day { get; private set; }
    public TimeOnly BeginsAt { get; private set; }
    public TimeOnly? EndsAt { get; private set; }
    public string? Title { get; private set; }
    public string? Place { get; private set; }

    /// <summary>JSON list of <see cref="AgendaItem"/>.</summary>
    public string Agenda { get; private set; } = "[]";

    public string? Minutes { get; private set; }

    internal static TeamMeeting Create(Guid teamId, MeetingContent content)
    {
        var meeting = new TeamMeeting { TeamId = teamId };
        meeting.Become(content);
        return meeting;
    }

    /// <summary>Takes over what is said of it, those present and decisions aside, which are rows of their own.</summary>
    internal void Become(MeetingContent content)
    {
        (Status, Day, BeginsAt, EndsAt) = (content.Status, content.Day, ReadTime(content.From), content.To is null ? null : ReadTime(content.To));
        (Title, Place, Minutes) = (content.Title, content.Place, content.Minutes);
        // The database keeps its own writing of the same list.
        if (!ReadAgenda().SequenceEqual(content.Agenda))
            Agenda = JsonSerializer.Serialize(content.Agenda, JsonSerializerOptions.Web);
    }

    internal IReadOnlyList<AgendaItem> ReadAgenda() => JsonSerializer.Deserialize<IReadOnlyList<AgendaItem>>(Agenda, JsonSerializerOptions.Web)!;

    internal static TimeOnly ReadTime(string text) => TimeOnly.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture);

    internal static string WriteTime(TimeOnly time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The moment that a local time is. A time that a change of clocks leaves out is the one an hour later.</summary>
    internal static DateTimeOffset MomentOf(DateOnly day, TimeOnly time, string timeZone)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(timeZone).GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <summary>A member who was present at a meeting.</summary>
public sealed class TeamAttendance : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid MeetingId { get; init; }
    public Guid MemberId { get; init; }
}

/// <summary>Something that a team decided in a meeting.</summary>
public sealed class TeamDecision : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid MeetingId { get; init; }

    /// <summary>Where it stands among those of the meeting.</summary>
    public int Position { get; set; }

    public string Text { get; set; } = "";
    public DateOnly DecidedOn { get; set; }
    public Guid? PlanId { get; set; }
}
