using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Mailing;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>What is written to the other side when a plan is submitted, taken back, decided about or commented on; never to whoever did it.</summary>
internal sealed class PlanNews(PLServiceDbContext db, Outbox outbox, AccessOptions options, Caller caller, TimeProvider clock)
{
    /// <summary>So many are written to, the nearest ones.</summary>
    private const int MaxRecipients = 10;

    /// <summary>Tells those who can review the plan, beginning with the next level.</summary>
    public async Task SubmittedAsync(Plan plan, string? note, CancellationToken ct) =>
        await WriteAsync(plan, PlanEvent.Submitted, note, await HoldersAsync(Scopes.PlansReview, plan.OrganizationId, above: true, ct), ct);

    /// <summary>Tells those who can review the plan that there is nothing to review any more.</summary>
    public async Task WithdrawnAsync(Plan plan, CancellationToken ct) =>
        await WriteAsync(plan, PlanEvent.Withdrawn, note: null, await HoldersAsync(Scopes.PlansReview, plan.OrganizationId, above: true, ct), ct);

    /// <summary>Tells whoever submitted the plan; those who lead where it is when that was a machine.</summary>
    public async Task DecidedAsync(Plan plan, PlanReview review, CancellationToken ct) => await WriteAsync(
        plan,
        review.Decision is PlanDecision.Accept ? PlanEvent.Accepted : PlanEvent.Returned,
        review.Comment,
        review.SubmittedByPersonId is { } person ? [person] : await HoldersAsync(Scopes.PlansWrite, plan.OrganizationId, above: false, ct),
        ct);

    /// <summary>Tells who takes part in the thread, and both sides of the last submission; those who lead where the plan is when there is nobody yet.</summary>
    public async Task CommentedAsync(Plan plan, PlanComment comment, CancellationToken ct)
    {
        var review = await db.PlanReviews.AsNoTracking().Where(r => r.PlanId == plan.Id).OrderByDescending(r => r.Round)
            .Select(r => new { r.SubmittedByPersonId, r.DecidedByPersonId }).FirstOrDefaultAsync(ct);
        var thread = comment.ThreadId is { } id
            ? await db.PlanComments.Where(c => c.Id == id || c.ThreadId == id).Select(c => c.PersonId).Distinct().ToListAsync(ct)
            : [];
        List<Guid> people = [.. thread.Append(review?.SubmittedByPersonId).Append(review?.DecidedByPersonId).OfType<Guid>().Where(person => person != caller.PersonId).Distinct()];
        await WriteAsync(plan, PlanEvent.Commented, comment.Text, people.Count > 0 ? people : await HoldersAsync(Scopes.PlansWrite, plan.OrganizationId, above: false, ct), ct);
    }

    private async Task<List<Guid>> HoldersAsync(string scope, Guid organizationId, bool above, CancellationToken ct)
    {
        var roles = Enum.GetValues<Role>().Where(role => role is not Role.Participant && Roles.ScopesOf(role).Contains(scope)).ToList();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var found = await db.Memberships
            .Where(m => roles.Contains(m.Role) && (m.StartsOn == null || m.StartsOn <= today) && (m.EndsOn == null || m.EndsOn >= today))
            .Where(m => above
                ? m.OrganizationId == null || db.OrganizationClosure.Any(c => c.DescendantId == organizationId && c.AncestorId == m.OrganizationId && c.Depth > 0)
                : m.OrganizationId == organizationId)
            .Select(m => new
            {
                m.PersonId,
                Depth = db.OrganizationClosure.Where(c => c.DescendantId == organizationId && c.AncestorId == m.OrganizationId).Select(c => (int?)c.Depth).FirstOrDefault() ?? int.MaxValue,
            })
            .OrderBy(m => m.Depth).ThenBy(m => m.PersonId).Take(MaxRecipients * 3).ToListAsync(ct);
        return [.. found.Select(m => m.PersonId).Distinct()];
    }

    private async Task WriteAsync(Plan plan, PlanEvent what, string? note, List<Guid> people, CancellationToken ct)
    {
        var to = await db.People.AsNoTracking().Where(p => people.Contains(p.Id) && p.Id != caller.PersonId && p.Status == PersonStatus.Active && p.Email != null)
            .Select(p => new { p.Id, p.Name, Email = p.Email!, p.Language }).ToListAsync(ct);
        if (to.Count == 0)
            return;
        var where = await db.Organizations.Where(o => o.Id == plan.OrganizationId).Select(o => o.Name).SingleAsync(ct);
        var who = caller.PersonId is { } id ? await db.People.Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync(ct) : null;
        var model = new PlanNewsMail(what, plan.Title, where, who, options.WebLink($"plans/{plan.Id}"), note);
        await outbox.QueueAsync(
            [.. to.Where(p => EmailAddress.IsValid(p.Email)).OrderBy(p => people.IndexOf(p.Id)).Take(MaxRecipients)
                .Select(p => (new MailRecipient(p.Email, p.Name, p.Id, p.Language), (MailModel)model))], ct);
    }
}
