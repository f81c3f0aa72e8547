using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Persistence.Plans;

/// <summary>Lets the pages of standards know which plans serve them.</summary>
internal sealed class PlanReferences(PLServiceDbContext db, StandardReferences references)
{
    /// <summary>Makes what the plan's parts serve now its only references.</summary>
    public async Task ReplaceAsync(Plan plan, CancellationToken ct)
    {
        var parts = await db.PlanParts.AsNoTracking()
            .Where(p => p.PlanId == plan.Id && (p.Kind == PlanPartKind.Strategy || p.Kind == PlanPartKind.Step)).Select(p => new { p.Kind, p.Id, p.Content }).ToListAsync(ct);
        var rows =
            from part in parts
            from standard in ((IServing)PlanJson.Read(part.Kind, part.Content)).Serves.Distinct()
            select new StandardReference
            {
                FrameworkCode = standard.Framework,
                StandardCode = standard.Code,
                ResourceType = "plan",
                ResourceId = plan.Id,
                Part = $"{EnumText.Of(part.Kind)}/{part.Id}",
                Relation = AssociationTypes.IsRelatedTo,
                Title = plan.Title,
                Address = $"/v1/plans/{plan.Id}",
                OrganizationId = plan.OrganizationId,
            };
        await references.ReplaceAsync("plan", plan.Id, [.. rows], ct);
    }

    /// <summary>The standards among these that there are none of.</summary>
    public async Task<IReadOnlyList<ServedStandard>> UnknownAsync(IReadOnlyList<ServedStandard> wanted, CancellationToken ct)
    {
        if (wanted.Count == 0)
            return [];
        var codes = wanted.Select(standard => standard.Code).Distinct().ToArray();
        var known = await (
            from framework in db.Frameworks
            join standard in db.Standards on new { framework.TenantId, FrameworkId = framework.Id } equals new { standard.TenantId, standard.FrameworkId }
            where standard.Code != null && codes.Contains(standard.Code) && framework.Code != null
            select new { framework.Code, Standard = standard.Code }).Distinct().ToListAsync(ct);
        var there = known.Select(pair => (pair.Code, pair.Standard)).ToHashSet();
        return [.. wanted.Where(standard => !there.Contains((standard.Framework, standard.Code)))];
    }
}
