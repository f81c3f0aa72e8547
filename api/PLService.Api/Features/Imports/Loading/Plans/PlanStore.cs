using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>Compares plans of a file with what is stored, and stores what they say.</summary>
internal sealed class PlanStore(PLServiceDbContext db, PlanWriter writer, PlanVersions versions, AuditTrail audit)
{
    private static readonly PlanPartKind[] Kinds = [PlanPartKind.Strategy, PlanPartKind.Step, PlanPartKind.Obstacle];

    /// <summary>Takes some plans; of a file that is lost it only says what is wrong.</summary>
    public async Task TakeAsync(IReadOnlyList<PlanRows> wanted, PlanFacts facts, PlanFaults faults, ImportLoad load, CancellationToken ct)
    {
        var (plans, parts) = await FindAsync(wanted, ct);
        var written = new List<(PlanDraft Draft, Plan Plan)>();
        foreach (var some in wanted)
        {
            var stored = plans.Find(plan => plan.OrganizationId == some.Place.Id && plan.ExternalId == some.Key)
                ?? plans.Find(plan => plan.OrganizationId == some.Place.Id && plan.Id.ToString() == some.Key);
            var draft = new PlanDraft(some.Place, some.Key, stored, stored is null ? [] : [.. parts[stored.Id]], some.Rows, facts, faults);
            if (stored is null && some.Place.IsClosed)
                faults.Reject(some.Rows.Where(faults.IsTaken), new(PlanErrors.OrganizationIsClosed.Code, PlanErrors.OrganizationIsClosed.Message, Field.Organization, some.Rows[0].Organization.ToString()));
            draft.Compare();
            load.Receipt.Repeated += draft.Repeated;
            if (draft.Content is null || load.IsLost)
                continue;
            Count(draft, load.Receipt);
            if (draft.IsChanged)
                written.Add((draft, Write(draft)));
        }

        if (written.Count == 0 || load.IsLost)
        {
            Forget();
            return;
        }

        var before = written.Where(one => one.Draft.Stored is not null).ToDictionary(one => one.Plan.Id, one => db.Entry(one.Plan).Property(plan => plan.Status).OriginalValue);
        await db.SaveChangesAsync(ct);
        await writer.FinishAsync([.. written.Select(one => one.Plan)], ct);
        foreach (var (_, plan) in written.Where(one => one.Plan.Status is PlanStatus.Active && one.Draft.Status is not null))
            await versions.KeepAsync(plan, PlanVersionReason.Activated, name: null, ct);
        await KeepAsync(load.ImportId, [.. written.Select(one => one.Plan)], before, ct);
        Forget();
    }

    private async Task<(List<Plan> Plans, ILookup<Guid, PlanPart> Parts)> FindAsync(IReadOnlyList<PlanRows> wanted, CancellationToken ct)
    {
        var places = wanted.Select(some => some.Place.Id).Distinct().ToArray();
        var keys = wanted.Select(some => some.Key).Distinct().ToArray();
        var own = keys.Select(key => Guid.TryParseExact(key, "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
             select 1 from pls.plan where tenant_id = {db.TenantId} and organization_id = any({places}) and (external_id = any({keys}) or id = any({own}))
             order by id for no key update
             """, ct);
        var plans = await db.ReachablePlans().Where(plan => places.Contains(plan.OrganizationId) && (keys.Contains(plan.ExternalId) || own.Contains(plan.Id))).ToListAsync(ct);
        var ids = plans.Select(plan => plan.Id).ToArray();
        var parts = await db.PlanParts.Where(part => ids.Contains(part.PlanId) && Kinds.Contains(part.Kind)).OrderBy(part => part.Position).ThenBy(part => part.Id).ToListAsync(ct);
        return (plans, parts.ToLookup(part => part.PlanId));
    }

    private Plan Write(PlanDraft draft)
    {
        var plan = draft.Stored ?? Plan.Create(draft.Place.Id, draft.Content!);
        if (draft.Stored is null)
            writer.Add(plan);
        else
            writer.Change(plan, draft.Content!);
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var part in draft.Parts)
        {
            if (part.Strategy is { } strategy)
                part.Content["strategyId"] = ids[strategy];
            var content = PlanJson.Read(part.Kind, part.Content.ToJsonString());
            if (part.Stored is { } known)
                writer.Change(plan, known, content);
            var id = part.Stored?.Id ?? writer.Add(plan, part.Kind, content, draft.NextPosition(part.Kind)).Id;
            if (part.Kind is PlanPartKind.Strategy)
                ids[part.Key] = id;
        }

        if (draft.Status is { } status)
            Move(plan, status);
        return plan;
    }

    private void Move(Plan plan, PlanStatus status)
    {
        // A plan that comes as completed was active before.
        if (!plan.CanBecome(status))
            plan.Become(PlanStatus.Active);
        if (plan.Become(status) is { } refused)
            throw new InvalidOperationException($"A status that was found to be right is not: {refused.Message}");
        audit.Record($"plan.{EnumText.Of(status)}", plan.Id, plan.OrganizationId);
    }

    private static void Count(PlanDraft draft, ImportReceipt receipt)
    {
        receipt.Plans = Plus(receipt.Plans, draft.Stored is null, draft.IsChanged);
        foreach (var part in draft.Parts)
            receipt.PlanParts = Plus(receipt.PlanParts, part.Stored is null, part.IsChanged);
    }

    private static ImportReceipt.Outcomes Plus(ImportReceipt.Outcomes counted, bool isNew, bool isChanged) =>
        isNew ? counted with { Created = counted.Created + 1 }
        : isChanged ? counted with { Updated = counted.Updated + 1 }
        : counted with { Unchanged = counted.Unchanged + 1 };

    private async Task KeepAsync(Guid importId, IReadOnlyList<Plan> plans, Dictionary<Guid, PlanStatus> before, CancellationToken ct)
    {
        var ids = plans.Select(plan => plan.Id).ToArray();
        var versionsAfter = plans.Select(plan => plan.Version).ToArray();
        var states = plans.Select(plan => before.TryGetValue(plan.Id, out var status) ? JsonSerializer.Serialize(new { status = EnumText.Of(status) }) : null).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.import_change (tenant_id, import_id, resource_type, resource_id, version_after, before)
             select {db.TenantId}, {importId}, 'plan', u.id, u.version, u.before::jsonb from unnest({ids}, {versionsAfter}, {states}) u(id, version, before)
             """, ct);
    }

    // Thousands of plans would otherwise be looked through with each that is saved.
    private void Forget()
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.Entity is not Import).ToList())
            entry.State = EntityState.Detached;
    }
}
