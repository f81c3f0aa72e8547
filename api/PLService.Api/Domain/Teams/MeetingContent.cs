namespace PLService.Api.Domain.Teams;

/// <summary>Whether a meeting took place.</summary>
public enum MeetingStatus
{
    Planned,
    Held,
    Cancelled,
}

/// <summary>What is said of a meeting. Day and times are those of the organization's time zone.</summary>
internal record MeetingContent
{
    public const int TitleMaxLength = 200;
    public const int PlaceMaxLength = 300;
    public const int MinutesMaxLength = 50_000;
    public const int MaxAgendaItems = 50;
    public const int MaxDecisions = 50;
    public const int DecisionMaxLength = 2_000;

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>When it begins: <c>15:30</c>.</summary>
    public required string From { get; init; }

    /// <summary>When it ends, on the same day.</summary>
    public string? To { get; init; }

    /// <summary>What it is called, 200 characters at most.</summary>
    public string? Title { get; init; }

    /// <summary>Where it is, or the address of an online meeting; 300 characters at most.</summary>
    public string? Place { get; init; }

    /// <summary>Whether it took place; planned unless given.</summary>
    public MeetingStatus Status { get; init; }

    /// <summary>What it is about, in order, 50 at most.</summary>
    public IReadOnlyList<AgendaItem> Agenda { get; init; } = [];

    /// <summary>Ids of the members who were present.</summary>
    public IReadOnlyList<Guid> Present { get; init; } = [];

    /// <summary>Minutes, 50,000 characters at most.</summary>
    public string? Minutes { get; init; }

    /// <summary>What was decided, 50 at most.</summary>
    public IReadOnlyList<MeetingDecision> Decisions { get; init; } = [];
}

/// <summary>An item of an agenda.</summary>
/// <param name="Title">What it is about, 300 characters at most.</param>
/// <param name="Minutes">How long it takes, 1 to 1,440 minutes.</param>
/// <param name="Presenter">Who leads it, in words, 200 characters at most.</param>
internal sealed record AgendaItem(string Title, int? Minutes = null, string? Presenter = null)
{
    public const int TitleMaxLength = 300;
    public const int PresenterMaxLength = 200;
}

/// <summary>Something that a team decided.</summary>
/// <param name="Text">What, 2,000 characters at most.</param>
/// <param name="DecidedOn">When; the day of the meeting unless given.</param>
/// <param name="PlanId">The plan that it is about.</param>
/// <param name="Id">Its id, for one that is there already; it stays the same decision then.</param>
internal sealed record MeetingDecision(string Text, DateOnly? DecidedOn = null, Guid? PlanId = null, Guid? Id = null);
