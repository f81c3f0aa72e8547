using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Instruments;

/// <summary>Removes a draft, and the instrument with its last version. What was published stays: results refer to it.</summary>
internal static class DeleteInstrumentDraft
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapDelete("/{code}/versions/{label}", Handle)
            .UseCase(nameof(DeleteInstrumentDraft), "Delete a draft")
            .RequireScope(Scopes.InstrumentsWrite)
            .RequireWholeTenant()
            .Refuses(InstrumentErrors.IsCatalog, InstrumentErrors.NotDraft);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, IfMatch ifMatch, PLServiceDbContext db, InstrumentShelf shelf, InstrumentAlignments alignments, AuditTrail audit, CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("instrument_version");
        if (InstrumentShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        if (version.Status is not InstrumentVersionStatus.Draft)
            return InstrumentErrors.NotDraft.ToConflict();

        db.Remove(version);
        if (!await db.InstrumentVersions.AnyAsync(v => v.InstrumentId == version.InstrumentId && v.Id != version.Id, ct))
            db.Remove(await db.Instruments.SingleAsync(i => i.Id == version.InstrumentId, ct));
        audit.Record("instrument.deleted", version.Id, organizationId: null, new { code, label });
        await db.SaveChangesAsync(ct);
        await alignments.ForgetAsync(version.Id, ct);
        return TypedResults.NoContent();
    }
}
