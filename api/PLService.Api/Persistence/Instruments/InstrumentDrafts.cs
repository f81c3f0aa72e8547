using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Persistence.Instruments;

/// <summary>Takes documents as drafts of instruments, for whoever has one.</summary>
internal sealed class InstrumentDrafts(PLServiceDbContext db, AuditTrail audit)
{
    /// <summary>
    /// Adds a document as a new draft version, and the instrument when its code is new, and saves. A code of the catalog is refused, so that one
    /// code never means two instruments.
    /// </summary>
    /// <param name="document">A document without faults.</param>
    /// <param name="details">What the audit trail says besides the code and the label; null for no more.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(InstrumentVersion? Version, DomainError? Refused)> AddAsync(InstrumentDocument document, object? details, CancellationToken ct)
    {
        var instrument = await db.Instruments.Where(i => i.Code == document.Code).OrderByDescending(i => i.TenantId).FirstOrDefaultAsync(ct);
        if (instrument?.TenantId == Guid.Empty)
            return (null, InstrumentErrors.IsCatalog);

        if (instrument is null)
            db.Add(instrument = Instrument.Create(Guid.CreateVersion7(), document.Code, TitleOf(document)));
        else
            instrument.Retitle(TitleOf(document));
        var (json, sha256) = Pack(document);
        var version = InstrumentVersion.Create(Guid.CreateVersion7(), instrument.Id, document.Version, json, sha256);
        db.Add(version);
        audit.Record("instrument.imported", version.Id, organizationId: null, details ?? new { document.Code, version.Label });
        // Two first imports of one code at a time clash over the instrument; the second is told of the version, which it would clash with next.
        return await db.TrySaveAsync(InstrumentErrors.LabelTaken, ct) is { } taken ? (null, taken) : (version, null);
    }

    /// <summary>A document as it is stored: JSON and the hash of its canonical form.</summary>
    public static (string Json, byte[] Sha256) Pack(InstrumentDocument document) =>
        (InstrumentJson.Write(document), Convert.FromHexString(InstrumentHash.Of(document)));

    /// <summary>The title of an instrument as it is stored.</summary>
    public static string TitleOf(InstrumentDocument document) => JsonSerializer.Serialize(document.Title, InstrumentJson.Options);
}
