using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Versions;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>Takes plans to the next level and back.</summary>
internal sealed class ReviewDesk(PLServiceDbContext db, PlanDesk desk, PlanWriter writer, VersionDesk versions, PlanNews news, Caller caller, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Submits the plan, or says why it cannot be.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> SubmitAsync(Guid id, string? note, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(id, ct);
        if (plan is null)
            return (null, refused);
        if (ifMatch.Refuses(plan.Version) is { } stale)
            return (null, stale);
        if (plan.Submit() is { } wrong)
            return (null, wrong.ToConflict());

        var round = (await db.PlanReviews.Where(review => review.PlanId == id).MaxAsync(review => (int?)review.Round, ct) ?? 0) + 1;
        audit.Record("plan.submitted", id, plan.OrganizationId, new { round });
        await db.SaveChangesAsync(ct);
        var version = await versions.KeepAsync(plan, PlanVersionReason.Submitted, name: null, ct);
        db.Add(new PlanReview
        {
            PlanId = id,
            Round = round,
            Number = version.Number,
            Note = note,
            SubmittedByPersonId = caller.PersonId,
            SubmittedByClientId = caller.ApiClientId,
            SubmittedAt = clock.GetUtcNow(),
        });
        await news.SubmittedAsync(plan, note, ct);
        await db.SaveChangesAsync(ct);
        return (plan, null);
    }

    /// <summary>Takes the plan back from the next level, or says why it cannot be.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> WithdrawAsync(Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(id, ct);
        if (plan is null)
            return (null, refused);
        if (ifMatch.Refuses(plan.Version) is { } stale)
            return (null, stale);
        var rounds = await db.PlanReviews.Where(review => review.PlanId == id && (review.Decision != null || review.WithdrawnAt == null))
            .OrderByDescending(review => review.Round).Take(2).ToListAsync(ct);
        if (plan.Withdraw(rounds.Find(review => review.Decision is not null)?.Decision) is { } wrong)
            return (null, wrong.ToConflict());

        rounds[0].Withdraw(caller.PersonId, caller.ApiClientId, clock.GetUtcNow());
        audit.Record("plan.withdrawn", id, plan.OrganizationId, new { rounds[0].Round });
        await news.WithdrawnAsync(plan, ct);
        await db.SaveChangesAsync(ct);
        return (plan, null);
    }

    /// <summary>Decides about the plan that was submitted, or says why that cannot be.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> DecideAsync(Guid id, PlanDecision decision, string? comment, IfMatch ifMatch, CancellationToken ct)
    {
        if (await writer.LockAsync(id, ct) is not { } plan)
            return (null, Problems.NotFound("plan"));
        if (!await IsNextLevelAsync(plan, ct))
            return (null, PlanReviewErrors.NextLevelOnly.ToConflict());
        if (ifMatch.Refuses(plan.Version) is { } stale)
            return (null, stale);
        if (plan.Decide(decision) is { } wrong)
            return (null, wrong.ToConflict());

        var review = await db.PlanReviews.Where(r => r.PlanId == id).OrderByDescending(r => r.Round).FirstAsync(ct);
        review.Decide(decision, comment, caller.PersonId, caller.ApiClientId, clock.GetUtcNow());
        audit.Record(decision is PlanDecision.Accept ? "plan.accepted" : "plan.returned", id, plan.OrganizationId, new { review.Round });
        await news.DecidedAsync(plan, review, ct);
        await db.SaveChangesAsync(ct);
        return (plan, null);
    }

    // What may be asked of the caller reaches the organization above the plan's own; without one above, the whole tenant is.
    private async Task<bool> IsNextLevelAsync(Plan plan, CancellationToken ct)
    {
        if (caller.Roots is not { } roots)
            return true;
        return await db.OrganizationClosure.AnyAsync(c => c.DescendantId == plan.OrganizationId && c.Depth > 0 && roots.Contains(c.AncestorId), ct);
    }
}
