using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Instruments;

/// <summary>Replaces the document of a draft. Its code stays; its version label may change with the document, and the address with it.</summary>
internal static class ReplaceInstrumentDraft
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapPut("/{code}/versions/{label}", Handle)
            .UseCase(nameof(ReplaceInstrumentDraft), "Replace a draft")
            .RequireScope(Scopes.InstrumentsWrite)
            .RequireWholeTenant()
            .Validate<InstrumentDocument>()
            .Refuses(InstrumentErrors.IsCatalog, InstrumentErrors.CodeMismatch, InstrumentErrors.NotDraft, InstrumentErrors.LabelTaken)
            .Example(InstrumentSample.Document, InstrumentVersionResponse.Sample);

    private static async Task<Results<Ok<InstrumentVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, InstrumentDocument document, IfMatch ifMatch, PLServiceDbContext db, InstrumentShelf shelf, InstrumentAlignments alignments,
        AuditTrail audit, CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("instrument_version");
        if (InstrumentShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        if (document.Code != code)
            return InstrumentErrors.CodeMismatch.ToConflict();
        var (json, sha256) = InstrumentDrafts.Pack(document);
        if (version.Rewrite(document.Version, json, sha256) is { } refused)
            return refused.ToConflict();

        (await db.Instruments.SingleAsync(i => i.Id == version.InstrumentId, ct)).Retitle(InstrumentDrafts.TitleOf(document));
        audit.Record("instrument.changed", version.Id, organizationId: null, new { code, version.Label });
        if (await db.TrySaveAsync(InstrumentErrors.LabelTaken, ct) is { } taken)
            return taken.ToConflict();

        return TypedResults.Ok(InstrumentVersionResponse.Of(version, document, await alignments.FollowAsync(version.Id, document, ct)));
    }
}
