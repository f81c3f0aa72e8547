using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Assessments;

/// <summary>One administration of an instrument version by one organization.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="OrganizationId">Who is assessed.</param>
/// <param name="Instrument">Which instrument version is answered.</param>
/// <param name="ExternalId">Its id outside the service, unique within the organization.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Round">The label by which assessments of one time are compared: <c>2026-fall</c>.</param>
/// <param name="Mode">Who may know which participant said what.</param>
/// <param name="Roles">The roles that participants may name; empty: any.</param>
/// <param name="WindowOpensOn">First day on which answers are wanted, for people; the status decides.</param>
/// <param name="WindowClosesOn">Last such day.</param>
/// <param name="Status">Where it stands: answers are taken while it is open.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="ReopenedAt">When it was last reopened.</param>
/// <param name="ReopenReason">Why it was last reopened.</param>
/// <param name="ArchivedAt">When it was archived.</param>
/// <param name="ResultRevision">How many results were frozen; the latest has this number.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
/// <param name="ShowsLiveTally">Whether participants see what is answered while it is open.</param>
/// <param name="Reminders">When those of the roster who have not answered are reminded by mail.</param>
public sealed record AssessmentResponse(
    Guid Id,
    Guid OrganizationId,
    InstrumentReference Instrument,
    string? ExternalId,
    string Title,
    string Round,
    AssessmentMode Mode,
    IReadOnlyList<string> Roles,
    DateOnly? WindowOpensOn,
    DateOnly? WindowClosesOn,
    AssessmentStatus Status,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? ReopenedAt,
    string? ReopenReason,
    DateTimeOffset? ArchivedAt,
    int ResultRevision,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    bool ShowsLiveTally,
    ReminderSettings Reminders) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = new(2026, 9, 1, 15, 0, 0, TimeSpan.Zero);

    internal static readonly AssessmentResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), new("plsr", "1.0"), "CV-2026F",
        "Professional Learning System Readiness 2026-fall", "2026-fall", AssessmentMode.Confidential, ["teacher", "administrator"],
        new DateOnly(2026, 9, 7), new DateOnly(2026, 9, 18), AssessmentStatus.Open, SampleTime, null, null, null, null, 0, SampleTime, SampleTime, 2, false, ReminderSettings.Sample);

    internal static AssessmentResponse Of(Assessment a, InstrumentReference instrument) => new(
        a.Id, a.OrganizationId, instrument, a.ExternalId, a.Title, a.Round, a.Mode, a.Roles, a.WindowOpensOn, a.WindowClosesOn, a.Status,
        a.OpenedAt, a.ClosedAt, a.ReopenedAt, a.ReopenReason, a.ArchivedAt, a.ResultRevision, a.CreatedAt, a.UpdatedAt, a.Version, a.ShowsLiveTally,
        new(a.SendsReminders, a.ReminderDays));
}

/// <summary>When those of the roster who have not answered are reminded; of an anonymous assessment everybody, for nobody knows who has.</summary>
/// <param name="Enabled">Whether they are.</param>
/// <param name="DaysBefore">How many days before the window closes, 1 to 30, five at most; the mail goes at about eight in the morning where the organization is.</param>
public sealed record ReminderSettings(bool Enabled, IReadOnlyList<int> DaysBefore)
{
    internal static readonly ReminderSettings Sample = new(true, [3, 1]);

    internal void ApplyTo(Assessment assessment) => assessment.Remind(Enabled, [.. DaysBefore]);
}

/// <summary>An instrument version by its codes.</summary>
/// <param name="Code">Code of the instrument: <c>plsr</c>.</param>
/// <param name="Version">Label of the version: <c>1.0</c>.</param>
public sealed record InstrumentReference(string Code, string Version);
