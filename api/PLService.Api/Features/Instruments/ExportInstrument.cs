using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;

namespace PLService.Api.Features.Instruments;

/// <summary>The bare document of a version, as an import takes it: imported elsewhere it has the same hash.</summary>
internal static class ExportInstrument
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapGet("/{code}/versions/{label}/document", Handle)
            .UseCase(nameof(ExportInstrument), "Export an instrument version")
            .RequireScope(Scopes.InstrumentsRead)
            .Produces<InstrumentDocument>()
            .Example(response: InstrumentSample.Document);

    private static async Task<Results<JsonHttpResult<InstrumentDocument>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, InstrumentShelf shelf, CancellationToken ct) =>
        await shelf.FindVersionAsync(code, label, ct) is { } version
            ? TypedResults.Json(InstrumentJson.Read(version.Document), InstrumentJson.Options)
            : Problems.NotFound("instrument_version");
}
