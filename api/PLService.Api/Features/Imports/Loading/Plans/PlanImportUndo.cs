using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>Removes plans that an import made, and takes back what it changed of others; the history tells both.</summary>
internal sealed class PlanImportUndo(PLServiceDbContext db, PlanWriter writer, StandardReferences references, AuditTrail audit)
{
    /// <summary>Undoes it; null when done, else why it cannot be. That nobody changed the plans since is known.</summary>
    public async Task<DomainError?> UndoAsync(Guid importId, CancellationToken ct)
    {
        var before = await BeforeAsync(importId, ct);
        if (before.Count == 0)
            return null;
        var ids = before.Keys.ToArray();
        await db.Database.ExecuteSqlAsync($"select 1 from pls.plan where tenant_id = {db.TenantId} and id = any({ids}) order by id for no key update", ct);
        var plans = await db.Plans.Where(plan => ids.Contains(plan.Id)).ToListAsync(ct);
        if (plans.Exists(plan => plan.Version != before[plan.Id].Version))
            return ImportErrors.ChangedSince;
        return await DeleteAsync(plans.FindAll(plan => before[plan.Id].Status is null), ct) ?? await RevertAsync(plans.FindAll(plan => before[plan.Id].Status is not null), before, ct);
    }

    private async Task<DomainError?> DeleteAsync(List<Plan> made, CancellationToken ct)
    {
        var ids = made.ConvertAll(plan => plan.Id);
        // What others said of a plan does not go with it.
        if (await db.PlanComments.AnyAsync(comment => ids.Contains(comment.PlanId), ct))
            return ImportErrors.ChangedSince;
        foreach (var plan in made)
        {
            db.Remove(plan);
            audit.Record("plan.deleted", plan.Id, plan.OrganizationId);
        }

        if (await db.TryRemoveAsync(ImportErrors.ChangedSince, ct) is { } refused)
            return refused;
        foreach (var id in ids)
            await references.ReplaceAsync("plan", id, [], ct);
        return null;
    }

    private async Task<DomainError?> RevertAsync(List<Plan> changed, Dictionary<Guid, (long Version, PlanStatus? Status)> before, CancellationToken ct)
    {
        if (changed.Count == 0)
            return null;
        var ids = changed.ConvertAll(plan => plan.Id);
        var parts = await db.PlanParts.Where(part => ids.Contains(part.PlanId)).ToDictionaryAsync(part => part.Id, ct);
        // Of each plan the import made one version, which nobody followed up.
        var changes = (await db.PlanChanges.AsNoTracking().Where(change => ids.Contains(change.PlanId) && db.Plans.Any(plan => plan.Id == change.PlanId && plan.Version == change.Version)).ToListAsync(ct))
            .ToLookup(change => change.PlanId);
        foreach (var plan in changed)
        {
            foreach (var change in changes[plan.Id])
                Revert(plan, change, parts);
            if (plan.Status != before[plan.Id].Status)
            {
                plan.TakeBack(before[plan.Id].Status!.Value);
                audit.Record($"plan.{EnumText.Of(plan.Status)}", plan.Id, plan.OrganizationId, new { undone = true });
            }
        }

        if (await db.TrySaveAsync(ImportErrors.ChangedSince, ct) is { } refused)
            return refused;
        await writer.FinishAsync(changed, ct);
        return null;
    }

    private void Revert(Plan plan, PlanChange change, Dictionary<Guid, PlanPart> parts)
    {
        if (change.PartKind is not { } kind)
            writer.Change(plan, PlanJson.Read<PlanContent>(Reverted(plan.Content, change)), change.Version);
        else if (change.Action is PlanChangeAction.Created)
            writer.Remove(plan, parts[change.TargetId], change.Version);
        else
            writer.Change(plan, parts[change.TargetId], PlanJson.Read(kind, Reverted(parts[change.TargetId].Content, change)), undoes: change.Version);
    }

    private static string Reverted(string content, PlanChange change)
    {
        var reverted = PlanJson.Node(content);
        foreach (var field in FieldChange.Read(change.Fields))
        {
            if (field.Before is null)
                reverted.Remove(field.Field);
            else
                reverted[field.Field] = field.Before.DeepClone();
        }

        return reverted.ToJsonString();
    }

    private async Task<Dictionary<Guid, (long Version, PlanStatus? Status)>> BeforeAsync(Guid importId, CancellationToken ct)
    {
        await using var command = Statements.Of(
            (NpgsqlConnection)db.Database.GetDbConnection(),
            "select resource_id, version_after, before ->> 'status' from pls.import_change where tenant_id = $1 and import_id = $2 and resource_type = 'plan'", db.TenantId, importId);
        var before = new Dictionary<Guid, (long, PlanStatus?)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            before[reader.GetGuid(0)] = (reader.GetInt64(1), reader.IsDBNull(2) ? null : EnumText.Parse<PlanStatus>(reader.GetString(2)));
        return before;
    }
}
