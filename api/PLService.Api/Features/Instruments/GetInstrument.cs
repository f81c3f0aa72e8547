using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Instruments;

/// <summary>One instrument, with its versions but without their documents.</summary>
internal static class GetInstrument
{
    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapGet("/{code}", Handle)
            .UseCase(nameof(GetInstrument), "Read an instrument")
            .RequireScope(Scopes.InstrumentsRead)
            .Example(response: InstrumentResponse.Sample);

    private static async Task<Results<Ok<InstrumentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, PLServiceDbContext db, InstrumentShelf shelf, CancellationToken ct)
    {
        if (await shelf.ByCode(code).AsNoTracking().SingleOrDefaultAsync(ct) is not { } instrument)
            return Problems.NotFound("instrument");

        var versions = await db.InstrumentVersions
            .Where(v => v.TenantId == instrument.TenantId && v.InstrumentId == instrument.Id)
            .OrderByDescending(v => v.Id)
            .Select(v => new { v.Label, v.Status, v.Sha256, v.PublishedAt, v.RetiredAt })
            .ToListAsync(ct);
        return TypedResults.Ok(InstrumentResponse.Of(instrument, versions.Select(v =>
            new InstrumentVersionSummary(v.Label, v.Status, Convert.ToHexStringLower(v.Sha256), v.PublishedAt, v.RetiredAt))));
    }
}
