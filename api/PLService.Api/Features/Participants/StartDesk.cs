using System.Security.Cryptography;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Starts somebody's response, or finds the one that a signed-in person has started, and gives the token for it. What is stored of who it is
/// depends on the mode:
/// named keeps it with the response; confidential keeps it beside, and with the response only what nobody without the participation key
/// can compute; anonymous keeps that an invited or signed-in person has started, and of the response nothing at all.
/// </summary>
internal sealed class StartDesk(
    ParticipationStore participations, OwnResponses responses, InstrumentVersions versions, PLServiceDbContext db, AuditTrail audit, ParticipationKey key, Tokens tokens,
    Caller caller, TimeProvider clock)
{
    /// <summary>Starts or goes on. In the caller's transaction, which has to be rolled back when it is refused.</summary>
    /// <returns>The token, or why there is none; neither when there is no such assessment.</returns>
    public async Task<(ParticipationToken? Token, DomainError? Refused)> StartAsync(Guid assessmentId, Participant who, string? role, CancellationToken ct)
    {
        if (await participations.HoldAsync(assessmentId, ct) is not { } held)
            return (null, null);
        var version = await versions.GetAsync(held.State.InstrumentTenantId, held.State.InstrumentVersionId, ct);
        if (RefusalOf(held.State, version, who, role) is { } refused)
            return (null, refused);

        var participation = who.Name is null ? null : await participations.FindAsync(assessmentId, who, ct);
        var participantKey = KeyOf(held.State, who);
        if (await responses.FindAsync(assessmentId, participantKey, ct) is { } going)
            // Whoever types a name may be anybody: only who is signed in is known to be the same.
            return who.PersonId is null ? (null, ParticipationErrors.AlreadyStarted) : (Token(held, going, participation?.Id), null);
        if (held.State.Mode is AssessmentMode.Anonymous && participation is { Status: not ParticipationStatus.Invited })
            return (null, ParticipationErrors.CannotComeBack);
        if (await responses.StartAsync(held, participantKey, role, version.Layout.Elements.Count, ct) is not { } started)
            return (null, ParticipationErrors.AlreadyStarted);

        var participationId = participation?.Id;
        if (who.Name is not null)
        {
            participationId ??= await participations.AddAsync(assessmentId, who, ct);
            await participations.MarkAsync(held, participationId.Value, ParticipationStatus.Started, ct);
        }

        // In a discreet mode the time would tell who; that the assessment was answered is put on record when it closes.
        if (!held.IsDiscreet)
        {
            audit.Record("response.created", started, held.State.OrganizationId, new { joined = true });
            await db.SaveChangesAsync(ct);
        }

        return (Token(held, started, participationId), null);
    }

    private static DomainError? RefusalOf(AssessmentState assessment, FixedVersion version, Participant who, string? role) =>
        assessment.Status is not AssessmentStatus.Open ? AssessmentErrors.NotOpen
        : !version.Layout.Document.TakesResponses ? AssessmentErrors.TalliesOnly
        : !assessment.Takes(role) ? AssessmentErrors.UnknownRole
        : assessment.Mode is AssessmentMode.Anonymous && who.Key is not null ? AssessmentErrors.KeyNotTaken
        : assessment.Mode is AssessmentMode.Named && who.Name is null ? ParticipationErrors.KeyNeeded
        : null;

    private string KeyOf(AssessmentState assessment, Participant who) => assessment.Mode switch
    {
        AssessmentMode.Named => who.Name!,
        AssessmentMode.Confidential when who.Name is { } name => key.Pseudonym(caller.TenantId, assessment.Id, name),
        _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
    };

    private ParticipationToken Token(HeldAssessment held, Guid responseId, Guid? participationId)
    {
        var expires = Lifetimes.EndOf(held.WindowClosesOn, clock.GetUtcNow(), JoinCode.DefaultDays);
        // An anonymous token says nothing of the person, so that not even who finds it can link the two.
        var linked = held.State.Mode is AssessmentMode.Anonymous ? null : participationId;
        return new(tokens.IssueParticipant(caller.TenantId, new(held.State.Id, responseId, linked), expires), expires, held.State.Mode, Promises.Of(held.State.Mode));
    }
}
