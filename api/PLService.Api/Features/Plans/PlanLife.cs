using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Versions;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans;

/// <summary>Moves plans through their life.</summary>
internal sealed class PlanLife(PLServiceDbContext db, PlanDesk desk, VersionDesk versions, AuditTrail audit)
{
    /// <summary>Gives the plan another status, or says why it cannot have it.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> MoveAsync(Guid id, PlanStatus next, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(id, ct);
        if (plan is null)
            return (null, refused);
        if (ifMatch.Refuses(plan.Version) is { } stale)
            return (null, stale);
        if (plan.Become(next) is { } wrong)
            return (null, wrong.ToConflict());

        audit.Record($"plan.{EnumText.Of(next)}", id, plan.OrganizationId);
        await db.SaveChangesAsync(ct);
        // What was set out to do is what the year is held against.
        if (next is PlanStatus.Active)
            await versions.KeepAsync(plan, PlanVersionReason.Activated, name: null, ct);
        return (plan, null);
    }
}
