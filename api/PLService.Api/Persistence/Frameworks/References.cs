using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Whether something refers to standards, so that they cannot go.</summary>
internal static class References
{
    /// <summary>Whether something refers to one of a framework's standards.</summary>
    public static async Task<bool> IsReferredToAsync(this PLServiceDbContext db, Framework framework, CancellationToken ct)
    {
        var standards = db.Standards.Where(s => s.TenantId == framework.TenantId && s.FrameworkId == framework.Id);
        return await standards.AnyAsync(
            s => db.StandardReferences.Any(r => r.FrameworkCode == framework.Code && (r.StandardCode == s.Code || r.StandardCode == s.Id.ToString()))
                || db.StandardAssociations.Any(a => a.Type == AssociationTypes.ReplacedBy && a.FrameworkId != framework.Id && a.DestinationId == s.Id),
            ct);
    }

    /// <summary>Whether something refers to a standard.</summary>
    public static async Task<bool> IsReferredToAsync(this PLServiceDbContext db, Framework framework, Standard standard, CancellationToken ct)
    {
        var id = standard.Id.ToString();
        return await db.StandardReferences.AnyAsync(r => r.FrameworkCode == framework.Code && (r.StandardCode == standard.Code || r.StandardCode == id), ct)
            || await db.StandardAssociations.AnyAsync(a => a.Type == AssociationTypes.ReplacedBy && a.DestinationId == standard.Id, ct);
    }
}
