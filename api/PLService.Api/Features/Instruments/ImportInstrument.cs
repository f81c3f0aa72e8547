using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Instruments;

/// <summary>
/// Takes a whole instrument document as a new draft version. A code that is new creates the instrument too; a code of the catalog is
/// refused, so that one code never means two instruments. Every fault of the document is named with its place. Alignments may name a framework
/// or standard that is not there yet; the answer warns of each.
/// </summary>
internal static class ImportInstrument
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapPost("/", Handle)
            .UseCase(nameof(ImportInstrument), "Import an instrument version")
            .RequireScope(Scopes.InstrumentsWrite)
            .RequireWholeTenant()
            .Validate<InstrumentDocument>()
            .Refuses(InstrumentErrors.IsCatalog, InstrumentErrors.LabelTaken)
            .Example(InstrumentSample.Document, InstrumentVersionResponse.Sample);

    private static async Task<Results<Created<InstrumentVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        InstrumentDocument document, PLServiceDbContext db, InstrumentShelf shelf, InstrumentAlignments alignments, AuditTrail audit, CancellationToken ct)
    {
        var instrument = await shelf.ByCode(document.Code).SingleOrDefaultAsync(ct);
        if (instrument?.TenantId == Guid.Empty)
            return InstrumentErrors.IsCatalog.ToConflict();

        if (instrument is null)
            db.Add(instrument = Instrument.Create(Guid.CreateVersion7(), document.Code, InstrumentShelf.TitleOf(document)));
        else
            instrument.Retitle(InstrumentShelf.TitleOf(document));
        var (json, sha256) = InstrumentShelf.Pack(document);
        var version = InstrumentVersion.Create(Guid.CreateVersion7(), instrument.Id, document.Version, json, sha256);
        db.Add(version);
        audit.Record("instrument.imported", version.Id, organizationId: null, new { document.Code, version.Label });
        // Two first imports of one code at a time clash over the instrument; the second is told of the version, which it would clash with next.
        if (await db.TrySaveAsync(InstrumentErrors.LabelTaken, ct) is { } taken)
            return taken.ToConflict();

        var warnings = await alignments.FollowAsync(version.Id, document, ct);
        return TypedResults.Created($"/v1/instruments/{document.Code}/versions/{version.Label}", InstrumentVersionResponse.Of(version, document, warnings));
    }
}
