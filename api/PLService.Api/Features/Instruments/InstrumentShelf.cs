using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Instruments;

/// <summary>Finds instruments and versions by the codes that addresses name them by.</summary>
internal sealed class InstrumentShelf(PLServiceDbContext db)
{
    /// <summary>The instrument with this code: the tenant's own before one of the catalog.</summary>
    public IQueryable<Instrument> ByCode(string code) => db.Instruments.Where(i => i.Code == code).OrderByDescending(i => i.TenantId).Take(1);

    /// <summary>The version with this label, of the instrument with this code.</summary>
    public Task<InstrumentVersion?> FindVersionAsync(string code, string label, CancellationToken ct) =>
        (from instrument in ByCode(code)
         from version in db.InstrumentVersions
         where version.TenantId == instrument.TenantId && version.InstrumentId == instrument.Id && version.Label == label
         select version).SingleOrDefaultAsync(ct);

    /// <summary>What a change of a catalog version is refused with; null for a version of the tenant's own.</summary>
    public static DomainError? Refuses(InstrumentVersion version) => version.TenantId == Guid.Empty ? InstrumentErrors.IsCatalog : null;
}
