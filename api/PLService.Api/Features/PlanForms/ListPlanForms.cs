using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanForms;

/// <summary>The forms that plans can be held against, by code: those of the catalog and the tenant's own, without their sections.</summary>
internal static class ListPlanForms
{
    public sealed class Request : PageRequest
    {
        /// <summary>True for those of the catalog alone, false for the tenant's own alone.</summary>
        public bool? Catalog { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2)
        {
        }
    }

    /// <param name="Code">Its stable name.</param>
    /// <param name="Catalog">Whether it ships with the service.</param>
    /// <param name="Title">What it is called, by language.</param>
    /// <param name="UpdatedAt">When it was last changed.</param>
    /// <param name="Version">+1 per change; the ETag.</param>
    internal sealed record Item(string Code, bool Catalog, Text Title, DateTimeOffset UpdatedAt, long Version);

    public static void Map(RouteGroupBuilder forms) =>
        forms.MapQuery("/", Handle)
            .UseCase(nameof(ListPlanForms), "List forms for plans")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<Item>([new("state-plan", false, PlanFormResponse.SampleDocument.Title, PlanFormResponse.SampleTime, 1)], null, null));

    private static async Task<Ok<Page<Item>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.PlanForms.AsNoTracking();
        if (request.Catalog is { } catalog)
            found = found.Where(t => (t.TenantId == Guid.Empty) == catalog);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys) && Guid.TryParse(keys[1], out var id))
        {
            var last = keys[0];
            found = found.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(t.Code, t.Id), ValueTuple.Create(last, id)));
        }

        var rows = await found.OrderBy(t => t.Code).ThenBy(t => t.Id).Take(request.Take + 1).Select(t => new { t.Id, t.TenantId, t.Code, t.Title, t.UpdatedAt, t.Version }).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, row => [row.Code, row.Id.ToString()], count);
        return TypedResults.Ok(new Page<Item>(
            [.. page.Items.Select(row => new Item(row.Code, row.TenantId == Guid.Empty, PlanJson.Read<Text>(row.Title), row.UpdatedAt, row.Version))], page.NextCursor, page.Count));
    }
}
