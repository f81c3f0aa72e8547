using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence.Instruments;

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
        InstrumentDocument document, InstrumentDrafts drafts, InstrumentAlignments alignments, CancellationToken ct)
    {
        var (version, refused) = await drafts.AddAsync(document, details: null, ct);
        if (version is null)
            return refused!.ToConflict();

        var warnings = await alignments.FollowAsync(version.Id, document, ct);
        return TypedResults.Created($"/v1/instruments/{document.Code}/versions/{version.Label}", InstrumentVersionResponse.Of(version, document, warnings));
    }
}
