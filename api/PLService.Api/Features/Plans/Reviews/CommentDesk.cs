using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>The dialogue about plans.</summary>
internal sealed class CommentDesk(PLServiceDbContext db, Leadership leadership, PlanNews news, Caller caller, AuditTrail audit)
{
    /// <summary>The plan, which the caller reaches.</summary>
    public Task<Plan?> PlanAsync(Guid id, CancellationToken ct) => db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == id, ct);

    /// <summary>A comment of a plan that the caller reaches.</summary>
    public async Task<(Plan Plan, PlanComment Comment)?> FindAsync(Guid planId, Guid commentId, CancellationToken ct) =>
        await PlanAsync(planId, ct) is { } plan && await db.PlanComments.SingleOrDefaultAsync(c => c.PlanId == planId && c.Id == commentId, ct) is { } comment ? (plan, comment) : null;

    /// <summary>Adds a comment or an answer, and tells the other side.</summary>
    public async Task<PlanCommentResponse> AddAsync(Plan plan, PlanComment comment, CancellationToken ct)
    {
        db.Add(comment);
        audit.Record("planComment.created", comment.Id, plan.OrganizationId, new { plan = plan.Id, comment.ThreadId, comment.PartId });
        await news.CommentedAsync(plan, comment, ct);
        await db.SaveChangesAsync(ct);
        return (await ShownAsync([comment], ct))[0];
    }

    /// <summary>Changes a comment as the domain says, or says why it does not.</summary>
    public async Task<(PlanCommentResponse? Comment, JsonHttpResult<ApiProblem>? Refused)> ChangeAsync(
        Guid planId, Guid commentId, IfMatch ifMatch, string action, bool onlyOwn, Func<PlanComment, DomainError?> change, CancellationToken ct)
    {
        if (await FindAsync(planId, commentId, ct) is not var (plan, comment))
            return (null, Problems.NotFound("plan_comment"));
        if (ifMatch.Refuses(comment.Version) is { } stale)
            return (null, stale);
        if (!IsOwn(comment) && (onlyOwn || !await LeadsAsync(plan, ct)))
            return (null, PlanCommentErrors.NotYours.ToConflict());
        if (change(comment) is { } wrong)
            return (null, wrong.ToConflict());

        if (db.ChangeTracker.HasChanges())
            audit.Record(action, comment.Id, plan.OrganizationId, new { plan = plan.Id });
        await db.SaveChangesAsync(ct);
        return ((await ShownAsync([comment], ct))[0], null);
    }

    /// <summary>The comments with their answers and the names of those who wrote them, in the same order.</summary>
    public async Task<IReadOnlyList<PlanCommentResponse>> ShownAsync(IReadOnlyList<PlanComment> comments, CancellationToken ct)
    {
        var ids = comments.Select(comment => comment.Id).ToArray();
        var answers = (await db.PlanComments.AsNoTracking().Where(c => c.ThreadId != null && ids.Contains(c.ThreadId.Value)).ToListAsync(ct)).ToLookup(answer => answer.ThreadId!.Value);
        var names = await db.NamesOfAsync(comments.Concat(answers.SelectMany(some => some)).Select(comment => comment.PersonId), ct);
        return [.. comments.Select(comment => PlanCommentResponse.Of(comment, answers[comment.Id], names))];
    }

    private bool IsOwn(PlanComment comment) =>
        caller.PersonId is { } person ? comment.PersonId == person : comment.ApiClientId is not null && comment.ApiClientId == caller.ApiClientId;

    private async Task<bool> LeadsAsync(Plan plan, CancellationToken ct) =>
        await leadership.HasAsync(Scopes.PlansWrite, plan.OrganizationId, ct) || await leadership.HasAsync(Scopes.PlansReview, plan.OrganizationId, ct);
}
