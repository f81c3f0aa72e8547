namespace PLService.Api.Domain.Assessments;

/// <summary>Who may know which participant said what.</summary>
public enum AssessmentMode
{
    /// <summary>Responses can be read with their participant key.</summary>
    Named,

    /// <summary>A coordinator sees who answered, never what.</summary>
    Confidential,

    /// <summary>Nobody can link an answer to a person.</summary>
    Anonymous,
}

/// <summary>Where an assessment stands.</summary>
public enum AssessmentStatus
{
    Draft,
    Open,
    Closed,
    Archived,
}

/// <summary>One administration of an instrument version by one organization in a window.</summary>
public sealed class Assessment : TenantEntity
{
    public const int TitleMaxLength = 200;
    public const int RoundMaxLength = 60;
    public const int ExternalIdMaxLength = 80;
    public const int MaxRoles = 20;
    public const int RoleMaxLength = 60;
    public const int ReasonMaxLength = 500;

    /// <summary>How many reminders before the window closes can be asked for.</summary>
    public const int MaxReminders = 5;

    /// <summary>How many days before that the first of them can be.</summary>
    public const int MaxReminderDays = 30;

    private Assessment()
    {
    }

    public Guid OrganizationId { get; private init; }

    /// <summary>This tenant, or the nil UUID when the instrument is one of the system catalog.</summary>
    public Guid InstrumentTenantId { get; private init; }

    public Guid InstrumentVersionId { get; private init; }
    public string? ExternalId { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>The label by which assessments of one time are compared: <c>2026-fall</c>.</summary>
    public string Round { get; private set; } = "";

    public AssessmentMode Mode { get; private set; }

    /// <summary>The roles that participants may name; empty: any.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>Whether participants see what is answered while it is open.</summary>
    public bool ShowsLiveTally { get; private set; }

    /// <summary>Whether those of the roster who have not answered are reminded before the window closes.</summary>
    public bool SendsReminders { get; private set; } = true;

    /// <summary>How many days before, each once.</summary>
    public int[] ReminderDays { get; private set; } = [3, 1];

    public DateOnly? WindowOpensOn { get; private set; }
    public DateOnly? WindowClosesOn { get; private set; }
    public AssessmentStatus Status { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? ReopenedAt { get; private set; }
    public string? ReopenReason { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>How many results were frozen; the latest has this number.</summary>
    public int ResultRevision { get; private set; }

    /// <summary>The import that created it, if one did.</summary>
    public Guid? ImportId { get; private init; }

    /// <summary>What it is called when nobody says: the instrument, cut where it is too long, and the round.</summary>
    public static string TitleOf(string instrument, string round) => $"{instrument[..Math.Min(instrument.Length, TitleMaxLength - RoundMaxLength - 1)]} {round}";

    public static Assessment Create(Guid organizationId, Guid instrumentTenantId, Guid instrumentVersionId) =>
        new() { OrganizationId = organizationId, InstrumentTenantId = instrumentTenantId, InstrumentVersionId = instrumentVersionId };

    /// <summary>What may be changed at any time before the archive.</summary>
    public DomainError? Describe(string title, string round, string? externalId, DateOnly? windowOpensOn, DateOnly? windowClosesOn)
    {
        if (Status is AssessmentStatus.Archived)
            return AssessmentErrors.IsArchived;
        // Closed results are filed under their round: changing it would tear the trend.
        if (Status is AssessmentStatus.Closed && round != Round)
            return AssessmentErrors.RoundIsFrozen;

        (Title, Round, ExternalId, WindowOpensOn, WindowClosesOn) = (title, round, externalId, windowOpensOn, windowClosesOn);
        return null;
    }

    /// <summary>What participants were promised cannot change once they may answer.</summary>
    public DomainError? Arrange(AssessmentMode mode, string[] roles)
    {
        if (Status is not AssessmentStatus.Draft && (mode != Mode || !roles.SequenceEqual(Roles)))
            return AssessmentErrors.PromiseIsFrozen;

        (Mode, Roles) = (mode, roles);
        return null;
    }

    /// <summary>Whether participants see the live tally; small groups are withheld from them as from everybody.</summary>
    public void ShowLiveTally(bool shows) => ShowsLiveTally = shows;

    /// <summary>Whether people are reminded, and how many days before the window closes.</summary>
    public void Remind(bool sends, int[] daysBefore) => (SendsReminders, ReminderDays) = (sends, [.. daysBefore.OrderDescending()]);

    public DomainError? Open(DateTimeOffset now)
    {
        if (Status is not AssessmentStatus.Draft)
            return AssessmentErrors.NotDraft;

        (Status, OpenedAt) = (AssessmentStatus.Open, now);
        return null;
    }

    public DomainError? Close(DateTimeOffset now)
    {
        if (Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen;

        (Status, ClosedAt, ResultRevision) = (AssessmentStatus.Closed, now, ResultRevision + 1);
        return null;
    }

    public DomainError? Reopen(DateTimeOffset now, string reason)
    {
        if (Status is not AssessmentStatus.Closed)
            return AssessmentErrors.NotClosed;

        (Status, ClosedAt, ReopenedAt, ReopenReason) = (AssessmentStatus.Open, null, now, reason);
        return null;
    }

    public DomainError? Archive(DateTimeOffset now)
    {
        if (Status is not AssessmentStatus.Closed)
            return AssessmentErrors.NotClosed;

        (Status, ArchivedAt) = (AssessmentStatus.Archived, now);
        return null;
    }
}
