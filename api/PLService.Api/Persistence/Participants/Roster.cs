using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;

namespace PLService.Api.Persistence.Participants;

/// <summary>Who is invited to an assessment.</summary>
internal static class Roster
{
    /// <summary>
    /// Those of an assessment's roster who have not handed in, to be reminded. Of an anonymous assessment nobody, for it is not known; there
    /// everybody is reminded or no one.
    /// </summary>
    public static IQueryable<Participation> Unanswered(this PLServiceDbContext db, Guid assessmentId) => db.Participations.Where(p =>
        p.AssessmentId == assessmentId && p.InvitedOn != null && p.Status != ParticipationStatus.Submitted
        && db.Assessments.Any(a => a.Id == assessmentId && a.Mode != AssessmentMode.Anonymous));

    /// <summary>All of an assessment's roster.</summary>
    public static IQueryable<Participation> Invited(this PLServiceDbContext db, Guid assessmentId) =>
        db.Participations.Where(p => p.AssessmentId == assessmentId && p.InvitedOn != null);

    /// <summary>Active people whose role as participant holds in the organization or below it.</summary>
    public static IQueryable<Person> ParticipantsWithin(this PLServiceDbContext db, Guid organizationId) => db.People.Where(p =>
        p.Status == PersonStatus.Active && db.Memberships.Any(m => m.PersonId == p.Id && m.Role == Role.Participant
            && db.OrganizationClosure.Any(c => c.AncestorId == organizationId && c.DescendantId == m.OrganizationId)));
}
