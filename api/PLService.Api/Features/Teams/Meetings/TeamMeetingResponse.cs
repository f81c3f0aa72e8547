using PLService.Api.Domain;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>A meeting of a team.</summary>
internal sealed record TeamMeetingResponse : MeetingContent, IVersioned
{
    internal static readonly Guid SampleId = Guid.Parse("01a2b3c4-0000-7000-8000-000000000510");

    internal static readonly MeetingContent SampleContent = new()
    {
        Day = new(2026, 10, 5),
        From = "15:30",
        To = "17:00",
        Title = "First meeting of the year",
        Place = "District office, room 2",
        Agenda = [new("Norms and calendar", 20, "Ada Moreno"), new("Draft of the plan", 60)],
    };

    internal static readonly TeamMeetingResponse Sample = new()
    {
        Id = SampleId,
        TeamId = TeamSamples.Team,
        Day = SampleContent.Day,
        From = SampleContent.From,
        To = SampleContent.To,
        Title = SampleContent.Title,
        Place = SampleContent.Place,
        Agenda = SampleContent.Agenda,
        TimeZone = "America/Los_Angeles",
        StartsAt = new(2026, 10, 5, 22, 30, 0, TimeSpan.Zero),
        EndsAt = new(2026, 10, 6, 0, 0, 0, TimeSpan.Zero),
        CreatedAt = TeamSamples.Time,
        UpdatedAt = TeamSamples.Time,
        Version = 1,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose meeting it is.</summary>
    public Guid TeamId { get; init; }

    /// <summary>The organization's time zone, which day and times are those of; an IANA name.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>The moment at which it begins, UTC.</summary>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>The moment at which it ends, UTC.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }
}

/// <summary>A meeting of a team in a list.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="Status">Whether it took place.</param>
/// <param name="Day">The day, in the organization's time zone.</param>
/// <param name="From">When it begins there.</param>
/// <param name="To">When it ends there.</param>
/// <param name="TimeZone">The organization's time zone; an IANA name.</param>
/// <param name="StartsAt">The moment at which it begins, UTC.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Present">How many members were present.</param>
/// <param name="Decisions">How many decisions were taken.</param>
/// <param name="HasMinutes">Whether there are minutes.</param>
/// <param name="Version">+1 per change; the ETag of the meeting.</param>
internal sealed record TeamMeetingSummary(
    Guid Id, MeetingStatus Status, DateOnly Day, string From, string? To, string TimeZone, DateTimeOffset StartsAt, string? Title, string? Place, int Present, int Decisions,
    bool HasMinutes, long Version)
{
    internal static readonly TeamMeetingSummary Sample = new(
        TeamMeetingResponse.SampleId, MeetingStatus.Planned, TeamMeetingResponse.SampleContent.Day, TeamMeetingResponse.SampleContent.From, TeamMeetingResponse.SampleContent.To,
        TeamMeetingResponse.Sample.TimeZone, TeamMeetingResponse.Sample.StartsAt, TeamMeetingResponse.SampleContent.Title, TeamMeetingResponse.SampleContent.Place, 0, 0, false, 1);
}
