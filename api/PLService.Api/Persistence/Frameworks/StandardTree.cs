using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// Keeps the tree of a framework, which is its isChildOf links: those of the top lead to the framework itself. Callers hold the framework's lock.
/// </summary>
internal sealed class StandardTree(PLServiceDbContext db, TimeProvider clock)
{
    private static readonly string Renumber =
        $$"""
          update pls.standard_association a
          set sequence_number = o.n, body = a.body || jsonb_build_object('sequenceNumber', o.n, 'lastChangeDateTime', {4}::text)
          from (
              select x.id, (x.n + case when x.n > {3} then 1 else 0 end)::int as n
              from (
                  select a.id, row_number() over (order by {{SiblingOrder.By("a.sequence_number", "s")}}) as n
                  from pls.standard_association a
                  join pls.standard s on s.tenant_id = a.tenant_id and s.id = a.origin_id
                  where a.tenant_id = {0} and a.framework_id = {1} and a.type = 'isChildOf' and a.destination_id = {2}) x) o
          where a.tenant_id = {0} and a.framework_id = {1} and a.id = o.id and a.sequence_number is distinct from o.n
          """;

    private sealed record Height(int Above, int Below, bool IsBelow);

    private sealed record Siblings(int Count, int Numbered, int? Highest);

    /// <summary>Puts a new standard below another, or at the top, and among its siblings. The caller adds the standard itself.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="standard">The new standard.</param>
    /// <param name="parentId">The standard above it; null for the top.</param>
    /// <param name="index">Its place among its siblings, from 0; null for the last.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<DomainError?> PlantAsync(Framework framework, Standard standard, Guid? parentId, int? index, CancellationToken ct)
    {
        var parent = await ParentAsync(framework, parentId, ct);
        if (parentId is not null && parent is null)
            return StandardErrors.UnknownParent;
        if (parent is not null && (await HeightAsync(framework.Id, parent.Id, standard.Id, ct)).Above + 1 > FrameworkLimits.Depth)
            return StandardErrors.TooDeep;

        await LinkAsync(framework, standard, parent, index, ct);
        return null;
    }

    /// <summary>Puts a standard and all that is below it below another one. The caller saves.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="standard">The standard.</param>
    /// <param name="parentId">The standard above it afterwards; null for the top.</param>
    /// <param name="fromParentId">The standard above it that it leaves, where it has several; null where it has one.</param>
    /// <param name="index">Its place among its siblings, from 0; null for the last.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<DomainError?> MoveAsync(Framework framework, Standard standard, Guid? parentId, Guid? fromParentId, int? index, CancellationToken ct)
    {
        var parent = await ParentAsync(framework, parentId, ct);
        if (parentId is not null && parent is null)
            return StandardErrors.UnknownParent;
        var places = await db.StandardAssociations
            .Where(a => a.FrameworkId == framework.Id && a.Type == AssociationTypes.IsChildOf && a.OriginId == standard.Id).ToListAsync(ct);
        if (fromParentId is { } from && !places.Exists(a => a.DestinationId == from))
            return StandardErrors.NotThere;
        var left = fromParentId is null ? places : places.FindAll(a => a.DestinationId == fromParentId);
        if (left.Select(a => a.DestinationId).Distinct().Count() > 1)
            return StandardErrors.SeveralParents;
        if (parent is not null)
        {
            var height = await HeightAsync(framework.Id, parent.Id, standard.Id, ct);
            if (height.IsBelow)
                return StandardErrors.Cycle;
            if (height.Above + height.Below > FrameworkLimits.Depth)
                return StandardErrors.TooDeep;
        }

        // It stands below the new parent once, also where it did before.
        db.RemoveRange(left.Union(places.FindAll(a => a.DestinationId == (parentId ?? framework.Id))));
        await db.SaveChangesAsync(ct);
        await LinkAsync(framework, standard, parent, index, ct);
        return null;
    }

    private async Task LinkAsync(Framework framework, Standard standard, Standard? parent, int? index, CancellationToken ct)
    {
        var sequence = await MakeRoomAsync(framework.Id, parent?.Id ?? framework.Id, index, ct);
        var last = await db.StandardAssociations.Where(a => a.FrameworkId == framework.Id).MaxAsync(a => (int?)a.Position, ct) ?? -1;
        db.Add(Link(framework, standard, parent, last + 1, sequence));
    }

    private StandardAssociation Link(Framework framework, Standard standard, Standard? parent, int position, int sequence)
    {
        var id = Guid.NewGuid();
        var body = CaseBodies.Association(
            id, AssociationTypes.IsChildOf, CaseBodies.LinkTo(standard), parent is null ? CaseBodies.LinkTo(framework) : CaseBodies.LinkTo(parent), sequence, clock.GetUtcNow());
        return StandardAssociation.Create(id, framework.Id, position, AssociationTypes.IsChildOf, standard.Id, parent?.Id ?? framework.Id, sequence, body.Write());
    }

    private async Task<Standard?> ParentAsync(Framework framework, Guid? parentId, CancellationToken ct) => parentId is { } id
        ? await db.Standards.AsNoTracking().SingleOrDefaultAsync(s => s.TenantId == framework.TenantId && s.FrameworkId == framework.Id && s.Id == id, ct)
        : null;

    /// <summary>The sequence number of a place among the children of a parent; those behind it step back where there is no gap.</summary>
    private async Task<int> MakeRoomAsync(Guid frameworkId, Guid parentId, int? index, CancellationToken ct)
    {
        var siblings = await db.Database.SqlQuery<Siblings>(
            $"""
             select count(*)::int as "Count", count(a.sequence_number)::int as "Numbered", max(a.sequence_number) as "Highest"
             from pls.standard_association a
             where a.tenant_id = {db.TenantId} and a.framework_id = {frameworkId} and a.type = 'isChildOf' and a.destination_id = {parentId}
             """).SingleAsync(ct);
        if ((index is null || index >= siblings.Count) && siblings.Count == siblings.Numbered && siblings.Highest is null or < int.MaxValue)
            return (siblings.Highest ?? 0) + 1;

        var place = Math.Min(index ?? siblings.Count, siblings.Count);
        await RenumberAsync(frameworkId, parentId, place, ct);
        return place + 1;
    }

    private Task RenumberAsync(Guid frameworkId, Guid parentId, int place, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(Renumber, [db.TenantId, frameworkId, parentId, (long)place, CaseTexts.Moment(clock.GetUtcNow())], ct);

    /// <summary>How many levels end with a parent, how many begin with a standard, and whether the parent is the standard or below it.</summary>
    private Task<Height> HeightAsync(Guid frameworkId, Guid parentId, Guid id, CancellationToken ct) => db.Database.SqlQuery<Height>(
        $"""
         with recursive up(id, depth) as (
             select {parentId}, 1
             union
             select a.destination_id, up.depth + 1
             from up
             join pls.standard_association a on a.tenant_id = {db.TenantId} and a.framework_id = {frameworkId} and a.type = 'isChildOf' and a.origin_id = up.id
             join pls.standard s on s.tenant_id = {db.TenantId} and s.framework_id = {frameworkId} and s.id = a.destination_id
             where up.depth <= {FrameworkLimits.ReadDepth}
         ), down(id, depth) as (
             select {id}, 1
             union
             select a.origin_id, down.depth + 1
             from down
             join pls.standard_association a on a.tenant_id = {db.TenantId} and a.framework_id = {frameworkId} and a.type = 'isChildOf' and a.destination_id = down.id
             join pls.standard s on s.tenant_id = {db.TenantId} and s.framework_id = {frameworkId} and s.id = a.origin_id
             where down.depth <= {FrameworkLimits.ReadDepth}
         )
         select (select max(depth) from up) as "Above", (select max(depth) from down) as "Below", exists (select 1 from down where down.id = {parentId}) as "IsBelow"
         """).SingleAsync(ct);
}
