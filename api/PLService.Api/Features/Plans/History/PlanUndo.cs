using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Priorities;

namespace PLService.Api.Features.Plans.History;

/// <summary>Takes back changes of plans.</summary>
internal sealed class PlanUndo(PLServiceDbContext db, PlanDesk desk, PlanWriter writer, AdoptedPriorities priorities)
{
    /// <summary>Takes back all that one change did, or says why it cannot; then nothing is changed.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> UndoAsync(Guid planId, long version, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(planId, ct);
        if (plan is null)
            return (null, refused);
        if (plan.Status is not (PlanStatus.Draft or PlanStatus.Active))
            return (null, PlanErrors.NotEditable.ToConflict());
        var changes = await db.PlanChanges.AsNoTracking().Where(c => c.PlanId == planId && c.Version == version).ToListAsync(ct);
        if (changes.Count == 0)
            return (null, Problems.NotFound("plan_change"));
        // Its steps would come back, and their column stay closed.
        if (await db.CheckIns.AnyAsync(held => held.PlanId == planId && held.PlanVersion == version, ct))
            return (null, CheckInErrors.UndoneByDeleting.ToConflict());

        foreach (var change in changes)
        {
            if (await UndoAsync(plan, change, ct) is { } wrong)
            {
                db.ChangeTracker.Clear();
                return (null, wrong.ToConflict());
            }
        }

        if (!db.ChangeTracker.HasChanges())
            return (null, PlanErrors.NothingToUndo.ToConflict());
        return await desk.SaveAsync(plan, ct) is { } taken ? (null, taken) : (plan, null);
    }

    private async Task<DomainError?> UndoAsync(Plan plan, PlanChange change, CancellationToken ct)
    {
        var fields = FieldChange.Read(change.Fields);
        if (change.PartKind is not { } kind)
        {
            if (change.Action is PlanChangeAction.Created)
                return PlanErrors.NothingToUndo;
            var (content, changed) = Reverted(PlanJson.Node(plan.Content), fields);
            if (content is null)
                return changed;
            writer.Change(plan, PlanJson.Read<PlanContent>(content.ToJsonString()), change.Version);
            return null;
        }

        var part = await db.PlanParts.SingleOrDefaultAsync(p => p.PlanId == plan.Id && p.Id == change.TargetId, ct);
        if (change.Action is PlanChangeAction.Deleted)
            return part is null ? await BringBackAsync(plan, kind, change, fields, ct) : PlanErrors.NothingToUndo;
        if (part is null)
            return PlanErrors.NothingToUndo;
        if (change.Action is PlanChangeAction.Created)
            return await RemoveAsync(plan, part, change, ct);

        var (before, since) = Reverted(PlanJson.Node(part.Content), fields);
        if (before is null)
            return since;
        var wanted = PlanJson.Read(kind, before.ToJsonString());
        if (wanted.Look.PriorityId is { } priority && priority != part.PriorityId && !await priorities.HoldAsync(priority, plan.OrganizationId, ct))
            return PlanErrors.UnknownCause;
        writer.Change(plan, part, wanted, undoes: change.Version);
        return null;
    }

    private async Task<DomainError?> RemoveAsync(Plan plan, PlanPart part, PlanChange change, CancellationToken ct)
    {
        if (part.Version > change.TargetVersion)
            return PlanErrors.ChangedSince;
        if (await db.PlanParts.AnyAsync(p => p.ParentId == part.Id, ct))
            return PlanErrors.PartInUse;
        writer.Remove(plan, part, change.Version);
        return null;
    }

    private async Task<DomainError?> BringBackAsync(Plan plan, PlanPartKind kind, PlanChange change, List<FieldChange> fields, CancellationToken ct)
    {
        var content = PlanJson.Read(kind, new JsonObject(fields.Select(field => KeyValuePair.Create(field.Field, field.Before?.DeepClone()))).ToJsonString());
        // What it belonged to may be gone as well: that comes back first.
        if (content.Look.ParentId is { } parent && !await db.PlanParts.AnyAsync(p => p.PlanId == plan.Id && p.Id == parent, ct))
            return PlanErrors.UnknownParent;
        if (content.Look.PriorityId is { } priority && !await priorities.HoldAsync(priority, plan.OrganizationId, ct))
            return PlanErrors.UnknownCause;
        var wroteIt = await db.PlanChanges.AsNoTracking().Where(c => c.PlanId == plan.Id && c.TargetId == change.TargetId && c.Action == PlanChangeAction.Created)
            .OrderBy(c => c.Version).Select(c => c.PersonId).FirstOrDefaultAsync(ct);
        writer.BringBack(plan, kind, change.TargetId, content, change.TargetVersion + 1, wroteIt, change.Version);
        return null;
    }

    // What every field says now has to be what the change made it say.
    private static (JsonObject? Content, DomainError? Refused) Reverted(JsonObject content, List<FieldChange> fields)
    {
        if (fields.All(field => JsonNode.DeepEquals(content[field.Field], field.Before)))
            return (null, PlanErrors.NothingToUndo);
        if (!fields.All(field => JsonNode.DeepEquals(content[field.Field], field.After)))
            return (null, PlanErrors.ChangedSince);
        foreach (var field in fields)
        {
            if (field.Before is null)
                content.Remove(field.Field);
            else
                content[field.Field] = field.Before.DeepClone();
        }

        return (content, null);
    }
}
