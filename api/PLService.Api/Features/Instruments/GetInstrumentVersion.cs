using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Instruments;

/// <summary>One version of an instrument with its status, its hash and its whole document.</summary>
internal static class GetInstrumentVersion
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapGet("/{code}/versions/{label}", Handle)
            .UseCase(nameof(GetInstrumentVersion), "Read an instrument version")
            .RequireScope(Scopes.InstrumentsRead)
            .Example(response: InstrumentVersionResponse.Sample);

    private static async Task<Results<Ok<InstrumentVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, InstrumentShelf shelf, CancellationToken ct) =>
        await shelf.FindVersionAsync(code, label, ct) is { } version
            ? TypedResults.Ok(InstrumentVersionResponse.Of(version))
            : Problems.NotFound("instrument_version");
}
