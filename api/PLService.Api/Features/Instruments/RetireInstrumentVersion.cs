using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Instruments;

/// <summary>Retires a published version: it starts no new assessment, and those that use it go on, as does what it says of standards.</summary>
internal static class RetireInstrumentVersion
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapPost("/{code}/versions/{label}/retire", Handle)
            .UseCase(nameof(RetireInstrumentVersion), "Retire a published version")
            .RequireScope(Scopes.InstrumentsWrite)
            .RequireWholeTenant()
            .Refuses(InstrumentErrors.IsCatalog, InstrumentErrors.NotPublished)
            .Example(response: InstrumentVersionResponse.Sample);

    private static async Task<Results<Ok<InstrumentVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, IfMatch ifMatch, PLServiceDbContext db, InstrumentShelf shelf, InstrumentAlignments alignments, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("instrument_version");
        if (InstrumentShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        if (version.Retire(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("instrument.retired", version.Id, organizationId: null, new { code, label });
        await db.SaveChangesAsync(ct);
        var document = InstrumentJson.Read(version.Document);
        return TypedResults.Ok(InstrumentVersionResponse.Of(version, document, await alignments.FollowAsync(version.Id, document, ct)));
    }
}
