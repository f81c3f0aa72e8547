using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans;

/// <summary>
/// Changes of plans as they come by request: who may, what has to fit together, and how a change meets those of others. A change names the
/// version that it was made on; as long as nobody changed the same fields since, both hold.
/// </summary>
internal sealed class PlanDesk(PLServiceDbContext db, PlanWriter writer, PlanPartCheck check, Leadership leadership)
{
    /// <summary>How many parts of one kind a plan may have.</summary>
    public const int MaxPartsOfKind = PlanPart.MaxOfKind;

    /// <summary>The plan, locked for a change of what it says; or why it cannot be changed.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> FindForChangeAsync(Guid id, CancellationToken ct)
    {
        if (await writer.LockAsync(id, ct) is not { } plan)
            return (null, Problems.NotFound("plan"));
        return plan.Status is PlanStatus.Draft or PlanStatus.Active ? (plan, null) : (null, PlanErrors.NotEditable.ToConflict());
    }

    /// <summary>The plan, locked for a change by those who lead where it is.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> FindForLeadingAsync(Guid id, CancellationToken ct)
    {
        if (await writer.LockAsync(id, ct) is not { } plan)
            return (null, Problems.NotFound("plan"));
        return await LeadsAsync(plan.OrganizationId, ct) ? (plan, null) : (null, PlanErrors.OwnPartsOnly.ToConflict());
    }

    /// <summary>Whether the caller writes the whole plan of the organization; participants write their own parts.</summary>
    public Task<bool> LeadsAsync(Guid organizationId, CancellationToken ct) => leadership.HasAsync(Scopes.PlansWrite, organizationId, ct);

    /// <summary>Changes what the plan itself says.</summary>
    public async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> ChangeAsync(Guid id, MergePatch<PlanContent> patch, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, refused) = await FindForChangeAsync(id, ct);
        if (plan is null)
            return (null, refused);
        if (!await LeadsAsync(plan.OrganizationId, ct))
            return (null, PlanErrors.OwnPartsOnly.ToConflict());
        var (wanted, clash) = await MergeAsync(plan, plan.Id, plan.Version, PlanJson.Read<PlanContent>(plan.Content), patch, ifMatch, ct);
        if (wanted is null)
            return (null, clash);

        writer.Change(plan, wanted);
        return await SaveAsync(plan, ct) is { } taken ? (null, taken) : (plan, null);
    }

    /// <summary>Adds a part.</summary>
    public async Task<(PlanPart? Part, JsonHttpResult<ApiProblem>? Refused)> AddAsync(Guid planId, PlanPartKind kind, PartContent content, CancellationToken ct)
    {
        var (plan, refused) = await FindForChangeAsync(planId, ct);
        if (plan is null)
            return (null, refused);
        content = await check.CompleteAsync(plan, content, ["doneOn", "decidedOn"], ct);
        if (await check.RefusesAsync(plan, null, kind, content, ct) is { } wrong)
            return (null, wrong);
        var places = await db.PlanParts.Where(p => p.PlanId == planId && p.Kind == kind).GroupBy(p => 1)
            .Select(all => new { Count = all.Count(), Last = all.Max(p => p.Position) }).SingleOrDefaultAsync(ct);
        if (places?.Count >= MaxPartsOfKind)
            return (null, PlanErrors.TooManyParts.ToConflict());

        var part = writer.Add(plan, kind, content, (places?.Last ?? -1) + 1);
        return await SaveAsync(plan, ct) is { } taken ? (null, taken) : (part, null);
    }

    /// <summary>Changes some fields of a part.</summary>
    public async Task<(PlanPart? Part, JsonHttpResult<ApiProblem>? Refused)> ChangeAsync<T>(
        Guid planId, PlanPartKind kind, Guid partId, MergePatch<T> patch, IfMatch ifMatch, CancellationToken ct)
        where T : PartContent
    {
        var (plan, part, refused) = await FindPartAsync(planId, kind, partId, ct);
        if (plan is null || part is null)
            return (null, refused);
        var (wanted, clash) = await MergeAsync(plan, partId, part.Version, PlanJson.Read<T>(part.Content), patch, ifMatch, ct);
        if (wanted is null)
            return (null, clash);
        var complete = await check.CompleteAsync(plan, wanted, patch.Members, ct);
        if (await check.RefusesAsync(plan, part, kind, complete, ct) is { } wrong)
            return (null, wrong);

        writer.Change(plan, part, complete);
        return await SaveAsync(plan, ct) is { } taken ? (null, taken) : (part, null);
    }

    /// <summary>Deletes a part; null when it is gone.</summary>
    public async Task<JsonHttpResult<ApiProblem>?> DeleteAsync(Guid planId, PlanPartKind kind, Guid partId, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, part, refused) = await FindPartAsync(planId, kind, partId, ct);
        if (plan is null || part is null)
            return refused;
        if (ifMatch.Refuses(part.Version) is { } stale)
            return stale;
        if (!await check.IsForAsync(plan, part, kind, null, ct))
            return PlanErrors.OwnPartsOnly.ToConflict();
        if (await db.PlanParts.AnyAsync(p => p.ParentId == partId, ct))
            return PlanErrors.PartInUse.ToConflict();

        writer.Remove(plan, part);
        return await SaveAsync(plan, ct);
    }

    /// <summary>Saves what was changed of the plan, and what follows from it.</summary>
    public async Task<JsonHttpResult<ApiProblem>?> SaveAsync(Plan plan, CancellationToken ct)
    {
        if (await db.TrySaveAsync(PlanErrors.ExternalIdTaken, ct) is { } taken)
            return taken.ToConflict();
        await writer.FinishAsync(plan, ct);
        return null;
    }

    private async Task<(Plan? Plan, PlanPart? Part, JsonHttpResult<ApiProblem>? Refused)> FindPartAsync(Guid planId, PlanPartKind kind, Guid partId, CancellationToken ct)
    {
        var (plan, refused) = await FindForChangeAsync(planId, ct);
        if (plan is null)
            return (null, null, refused);
        return await db.PlanParts.SingleOrDefaultAsync(p => p.PlanId == planId && p.Kind == kind && p.Id == partId, ct) is { } part
            ? (plan, part, null)
            : (null, null, Problems.NotFound("plan_" + EnumText.Of(kind).ToLowerInvariant()));
    }

    private async Task<(T? Wanted, JsonHttpResult<ApiProblem>? Refused)> MergeAsync<T>(
        Plan plan, Guid target, long version, T current, MergePatch<T> patch, IfMatch ifMatch, CancellationToken ct)
        where T : class
    {
        var seen = version;
        // What was read has to be a version that there was.
        if (ifMatch.Tag is { } tag && (!long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out seen) || seen > version))
            return (null, ifMatch.Refuses(version));
        var (wanted, invalid) = patch.Apply(current);
        if (wanted is null || seen == version)
            return (wanted, invalid);

        var since = await db.PlanChanges.AsNoTracking().Where(c => c.PlanId == plan.Id && c.TargetId == target && c.TargetVersion > seen)
            .OrderBy(c => c.TargetVersion).ToListAsync(ct);
        var after = PlanJson.Node(PlanJson.Write(wanted));
        var clashes = PlanMerge.Clashes(PlanJson.Node(PlanJson.Write(current)), after, patch.Members, since);
        if (clashes.Count == 0)
            return (wanted, null);

        var names = await db.NamesOfAsync(clashes.Select(clash => clash.Last.PersonId), ct);
        return (null, Problems.Clash(
            "plan.fields_changed",
            $"Of what you send, {clashes.Count} fields were changed by somebody else after version {seen}, which you read. Nothing was stored; each field stands in clashes with what both wrote.",
            version,
            [.. clashes.Select(clash => new ApiClash(
                clash.Field.Field, seen, Shown(clash.Field.Before), Shown(clash.Field.After), clash.Last.TargetVersion, Shown(after[clash.Field.Field]),
                clash.Last.PersonId, clash.Last.PersonId is { } person ? names.GetValueOrDefault(person) : null, clash.Last.At))]));
    }

    private static string? Shown(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var words) ? words : value?.ToJsonString();
}
