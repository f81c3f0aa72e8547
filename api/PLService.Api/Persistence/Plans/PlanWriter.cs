using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Persistence.Plans;

/// <summary>
/// Writes plans and their parts, each change with its row of history, its audit event, and what follows from it: the tally, and what the pages of
/// standards tell. Whoever changes a plan locks it first, so that changes of one plan stand in one order.
/// </summary>
internal sealed class PlanWriter(PLServiceDbContext db, PlanTallies tallies, PlanReferences references, Caller caller, AuditTrail audit, TimeProvider clock)
{
    private readonly HashSet<Guid> _referencesChanged = [];

    /// <summary>Keeps others from changing the plan until this transaction ends, and reads it as it is then; null when there is none that the caller reaches.</summary>
    public async Task<Plan?> LockAsync(Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.plan where tenant_id = {db.TenantId} and id = {id} for no key update", ct);
        return await db.ReachablePlans().SingleOrDefaultAsync(plan => plan.Id == id, ct);
    }

    /// <summary>Adds a new plan.</summary>
    public void Add(Plan plan)
    {
        db.Add(plan);
        Note(plan, null, plan.Id, 1, PlanChangeAction.Created, null, PlanJson.Node(plan.Content), null);
        audit.Record("plan.created", plan.Id, plan.OrganizationId);
    }

    /// <summary>Changes what the plan itself says; nothing when it says so already.</summary>
    public void Change(Plan plan, PlanContent content, long? undoes = null)
    {
        var (before, after) = (PlanJson.Node(plan.Content), PlanJson.Node(PlanJson.Write(content)));
        if (JsonNode.DeepEquals(before, after))
            return;
        plan.Become(content);
        // The pages of standards show the plan's title.
        if (!JsonNode.DeepEquals(before["title"], after["title"]))
            _referencesChanged.Add(plan.Id);
        Note(plan, null, plan.Id, plan.Version + 1, PlanChangeAction.Changed, before, after, undoes);
        audit.Record("plan.changed", plan.Id, plan.OrganizationId, new { fields = FieldChange.Between(before, after).Select(change => change.Field) });
    }

    /// <summary>Adds a part.</summary>
    /// <param name="plan">The plan, locked.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">What it says.</param>
    /// <param name="position">Where it stands unless the content says so.</param>
    public PlanPart Add(Plan plan, PlanPartKind kind, PartContent content, int position)
    {
        var part = PlanPart.Create(Guid.CreateVersion7(), plan.Id, kind, content, position, caller.PersonId);
        Put(plan, part, 1, null);
        return part;
    }

    /// <summary>Brings back a part that was deleted, with its id; its version goes on.</summary>
    public void BringBack(Plan plan, PlanPartKind kind, Guid id, PartContent content, long version, Guid? personId, long undoes)
    {
        var part = PlanPart.Create(id, plan.Id, kind, content, 0, personId);
        Put(plan, part, version, undoes);
        db.Entry(part).Property(row => row.Version).CurrentValue = version;
    }

    /// <summary>Changes what a part says; nothing when it says so already.</summary>
    /// <param name="plan">The plan, locked.</param>
    /// <param name="part">The part.</param>
    /// <param name="content">What it is to say.</param>
    /// <param name="carriedOver">The change carries it over to another column, or takes that back.</param>
    /// <param name="undoes">The version of the change that this one takes back.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Change(Plan plan, PlanPart part, PartContent content, bool carriedOver = false, long? undoes = null)
    {
        var before = PlanJson.Node(part.Content);
        if (carriedOver && undoes is null)
            part.CarryOver(content);
        else if (carriedOver)
            part.ComeBack(content);
        else
            part.Become(content with { Position = content.Position ?? part.Position });
        var after = PlanJson.Node(part.Content);
        if (JsonNode.DeepEquals(before, after))
            return false;

        if (!JsonNode.DeepEquals(before["serves"], after["serves"]))
            _referencesChanged.Add(plan.Id);
        Note(plan, part.Kind, part.Id, part.Version + 1, PlanChangeAction.Changed, before, after, undoes);
        db.Touch(plan);
        audit.Record("plan.changed", plan.Id, plan.OrganizationId, new { part = EnumText.Of(part.Kind), part.Id, fields = FieldChange.Between(before, after).Select(change => change.Field) });
        return true;
    }

    /// <summary>Deletes a part; its words stay in the history.</summary>
    public void Remove(Plan plan, PlanPart part, long? undoes = null)
    {
        var before = PlanJson.Node(part.Content);
        if (before["serves"] is JsonArray { Count: > 0 })
            _referencesChanged.Add(plan.Id);
        db.Remove(part);
        Note(plan, part.Kind, part.Id, part.Version + 1, PlanChangeAction.Deleted, before, null, undoes);
        db.Touch(plan);
        audit.Record("plan.changed", plan.Id, plan.OrganizationId, new { part = EnumText.Of(part.Kind), part.Id, deleted = true });
    }

    /// <summary>After the changes are saved: counts the plan, and renews what refers to standards where that changed.</summary>
    public Task FinishAsync(Plan plan, CancellationToken ct) => FinishAsync([plan], ct);

    /// <summary>The same for several plans, counted at once.</summary>
    public async Task FinishAsync(IReadOnlyCollection<Plan> plans, CancellationToken ct)
    {
        await tallies.CountAsync([.. plans.Select(plan => plan.Id)], ct);
        foreach (var plan in plans.Where(plan => _referencesChanged.Remove(plan.Id)))
            await references.ReplaceAsync(plan, ct);
    }

    private void Put(Plan plan, PlanPart part, long version, long? undoes)
    {
        var after = PlanJson.Node(part.Content);
        if (after["serves"] is JsonArray { Count: > 0 })
            _referencesChanged.Add(plan.Id);
        db.Add(part);
        Note(plan, part.Kind, part.Id, version, PlanChangeAction.Created, null, after, undoes);
        // What a plan begins with is told by its beginning.
        if (db.Entry(plan).State is EntityState.Added)
            return;
        db.Touch(plan);
        audit.Record("plan.changed", plan.Id, plan.OrganizationId, new { part = EnumText.Of(part.Kind), part.Id, added = true });
    }

    private void Note(Plan plan, PlanPartKind? kind, Guid target, long targetVersion, PlanChangeAction action, JsonObject? before, JsonObject? after, long? undoes) =>
        db.Add(new PlanChange
        {
            PlanId = plan.Id,
            Version = db.Entry(plan).State is EntityState.Added ? plan.Version : plan.Version + 1,
            TargetId = target,
            PartKind = kind,
            TargetVersion = targetVersion,
            Action = action,
            Fields = FieldChange.Write(FieldChange.Between(before, after)),
            Undoes = undoes,
            PersonId = caller.PersonId,
            ApiClientId = caller.ApiClientId,
            At = clock.GetUtcNow(),
        });
}
