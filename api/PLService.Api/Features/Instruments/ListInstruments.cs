using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Instruments;

/// <summary>The instruments that the tenant can use, by code: its own and those of the catalog.</summary>
internal static class ListInstruments
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only the instrument with this code.</summary>
        public string? Code { get; init; }

        /// <summary>Only instruments that have a version with this status.</summary>
        public InstrumentVersionStatus? Status { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator() => RuleFor(request => request.Code).MaximumLength(40);
    }

    public static void Map(RouteGroupBuilder instruments) =>
        instruments.MapQuery("/", Handle)
            .UseCase(nameof(ListInstruments), "List instruments")
            .RequireScope(Scopes.InstrumentsRead)
            .Validate<Request>()
            .Example(response: new Page<InstrumentResponse>([InstrumentResponse.Sample], null, null));

    private static async Task<Ok<Page<InstrumentResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.Instruments.AsNoTracking();
        if (request.Code is { } code)
            found = found.Where(i => i.Code == code);
        if (request.Status is { } status)
            found = found.Where(i => db.InstrumentVersions.Any(v => v.TenantId == i.TenantId && v.InstrumentId == i.Id && v.Status == status));

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys) && keys is [var lastCode, var lastId] && Guid.TryParse(lastId, out var id))
            found = found.Where(i => EF.Functions.GreaterThan(ValueTuple.Create(i.Code, i.Id), ValueTuple.Create(lastCode, id)));
        var rows = await found.OrderBy(i => i.Code).ThenBy(i => i.Id).Take(request.Take + 1)
            .Select(i => new
            {
                Instrument = i,
                Versions = db.InstrumentVersions.Where(v => v.TenantId == i.TenantId && v.InstrumentId == i.Id)
                    .OrderByDescending(v => v.Id)
                    .Select(v => new { v.Label, v.Status, v.Sha256, v.PublishedAt, v.RetiredAt }).ToList(),
            })
            .ToListAsync(ct);
        var page = Page.Of(rows, request.Take, row => [row.Instrument.Code, row.Instrument.Id.ToString()], count);
        return TypedResults.Ok(new Page<InstrumentResponse>(
            [.. page.Items.Select(row => InstrumentResponse.Of(row.Instrument, row.Versions.Select(v =>
                new InstrumentVersionSummary(v.Label, v.Status, Convert.ToHexStringLower(v.Sha256), v.PublishedAt, v.RetiredAt))))],
            page.NextCursor,
            page.Count));
    }
}
