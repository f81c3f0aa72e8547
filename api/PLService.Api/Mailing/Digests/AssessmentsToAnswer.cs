using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing.Digests;

/// <summary>Open assessments that people are invited to and have not handed in. An anonymous one stays until it closes, for nobody knows who has.</summary>
internal sealed class AssessmentsToAnswer(PLServiceDbContext db, AccessOptions access) : IDueItems
{
    public async Task<DueAnswer> ReadAsync(DueQuestion question, CancellationToken ct)
    {
        var people = question.Today.Keys.Select(id => (Guid?)id).ToArray();
        var found = await (
            from p in db.Participations
            join a in db.Assessments on p.AssessmentId equals a.Id
            join o in db.Organizations on a.OrganizationId equals o.Id
            where people.Contains(p.PersonId) && p.InvitedOn != null && a.Status == AssessmentStatus.Open
                && (a.Mode == AssessmentMode.Anonymous || p.Status != ParticipationStatus.Submitted)
            select new { PersonId = p.PersonId!.Value, a.Id, a.Title, a.Mode, a.WindowClosesOn, Organization = o.Name }).AsNoTracking().ToListAsync(ct);

        var own = found.GroupBy(row => row.PersonId).Select(rows => (PersonId: rows.Key, Rows: rows.OrderBy(row => row.WindowClosesOn ?? DateOnly.MaxValue).ThenBy(row => row.Id).ToList())).ToList();
        return new(
            [
                .. own.SelectMany(person => person.Rows.Take(question.AtMost).Select(row => new DueItem(
                    person.PersonId,
                    new(row.Title, row.Organization, row.WindowClosesOn, access.WebLink($"assessments/{row.Id}"), ForEverybody: row.Mode is AssessmentMode.Anonymous)))),
            ],
            own.Where(person => person.Rows.Count > question.AtMost).ToDictionary(person => person.PersonId, person => person.Rows.Count - question.AtMost));
    }
}
