using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>Keeps plans as they stand.</summary>
internal sealed class PlanVersions(PLServiceDbContext db, PlanDocuments documents, Caller caller, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Keeps the plan, whose changes are saved, as it stands. The plan is locked, so that numbers follow one another.</summary>
    public async Task<PlanVersion> KeepAsync(Plan plan, PlanVersionReason reason, string? name, CancellationToken ct)
    {
        var last = await db.PlanVersions.Where(version => version.PlanId == plan.Id).MaxAsync(version => (int?)version.Number, ct) ?? 0;
        var kept = new PlanVersion
        {
            PlanId = plan.Id,
            Number = last + 1,
            Reason = reason,
            Name = name,
            Shows = plan.Version,
            Status = plan.Status,
            Document = PlanJson.Write(await documents.ReadAsync(plan, ct)),
            PersonId = caller.PersonId,
            ApiClientId = caller.ApiClientId,
            At = clock.GetUtcNow(),
        };
        db.Add(kept);
        audit.Record("plan.kept", plan.Id, plan.OrganizationId, new { kept.Number, reason = EnumText.Of(reason) });
        await db.SaveChangesAsync(ct);
        return kept;
    }
}
