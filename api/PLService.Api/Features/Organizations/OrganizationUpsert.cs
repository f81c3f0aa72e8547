using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Organizations;

/// <summary>The two halves of <see cref="PutOrganizationByIdentifier"/>.</summary>
internal sealed class OrganizationUpsert(PLServiceDbContext db, OrganizationTree tree, AuditTrail audit)
{
    public async Task<(Organization, string Outcome, DomainError?)> CreateAsync(OutsideId id, PutOrganizationByIdentifier.Request request, CancellationToken ct)
    {
        var (parentId, unknown) = await ParentOfAsync(request.Parent, ct);
        var organization = Organization.Create(request.Kind, request.Name, request.TimeZone ?? "UTC", parentId, request.OpenedOn);
        if ((unknown ?? await tree.PlantAsync(organization, parentId, ct)) is { } refused)
            return (organization, "", refused);

        db.Add(new OrganizationIdentifier { OrganizationId = organization.Id, System = id.System, Value = id.Value });
        audit.Record("organization.created", organization.Id, organization.Id, new { request.Name, request.Kind, parentId });
        // Another part of the tenant, out of the caller's reach, may have the id.
        return (organization, "created", await db.TrySaveAsync(OrganizationErrors.IdentifierTaken, ct));
    }

    public async Task<(Organization, string Outcome, DomainError?)> UpdateAsync(
        Organization organization, PutOrganizationByIdentifier.Request request, CancellationToken ct)
    {
        var (parentId, refused) = request.Parent is null ? (organization.ParentId, null) : await ParentOfAsync(request.Parent, ct);
        refused ??= organization.Change(request.Kind, request.Name, request.TimeZone ?? organization.TimeZone, request.OpenedOn ?? organization.OpenedOn);
        if (refused is not null)
            return (organization, "", refused);
        if (db.ChangeTracker.HasChanges())
            audit.Record("organization.changed", organization.Id, organization.Id, request);
        if (await tree.MoveAsync(organization, parentId, ct) is { } immovable)
            return (organization, "", immovable);

        var outcome = db.ChangeTracker.HasChanges() ? "updated" : "unchanged";
        await db.SaveChangesAsync(ct);
        return (organization, outcome, null);
    }

    private async Task<(Guid?, DomainError?)> ParentOfAsync(ParentReference? parent, CancellationToken ct)
    {
        if (parent is null)
            return (null, null);
        if (parent.Id is { } given)
            return (given, null);
        var found = await db.ReachableOrganizations().WithOutsideId(db, new(parent.System!, parent.Value!)).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(ct);
        return (found, found is null ? OrganizationErrors.UnknownParent : null);
    }
}
