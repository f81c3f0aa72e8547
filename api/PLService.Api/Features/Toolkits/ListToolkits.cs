using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Toolkits;

/// <summary>The toolkits that the tenant can use, by code: its own and those of the catalog.</summary>
internal static class ListToolkits
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only the toolkit with this code.</summary>
        public string? Code { get; init; }

        /// <summary>Only toolkits that have a version with this status.</summary>
        public ToolkitVersionStatus? Status { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator() => RuleFor(request => request.Code).MaximumLength(40);
    }

    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapQuery("/", Handle)
            .UseCase(nameof(ListToolkits), "List toolkits")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Example(response: new Page<ToolkitResponse>([ToolkitResponse.Sample], null, null));

    private static async Task<Ok<Page<ToolkitResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.Toolkits.AsNoTracking();
        if (request.Code is { } code)
            found = found.Where(i => i.Code == code);
        if (request.Status is { } status)
            found = found.Where(i => db.ToolkitVersions.Any(v => v.TenantId == i.TenantId && v.ToolkitId == i.Id && v.Status == status));

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys) && keys is [var lastCode, var lastId] && Guid.TryParse(lastId, out var id))
            found = found.Where(i => EF.Functions.GreaterThan(ValueTuple.Create(i.Code, i.Id), ValueTuple.Create(lastCode, id)));
        var rows = await found.OrderBy(i => i.Code).ThenBy(i => i.Id).Take(request.Take + 1)
            .Select(i => new
            {
                Toolkit = i,
                Versions = db.ToolkitVersions.Where(v => v.TenantId == i.TenantId && v.ToolkitId == i.Id)
                    .OrderByDescending(v => v.Id)
                    .Select(v => new { v.Label, v.Status, v.Sha256, v.PublishedAt, v.RetiredAt }).ToList(),
            })
            .ToListAsync(ct);
        var page = Page.Of(rows, request.Take, row => [row.Toolkit.Code, row.Toolkit.Id.ToString()], count);
        return TypedResults.Ok(new Page<ToolkitResponse>(
            [.. page.Items.Select(row => ToolkitResponse.Of(row.Toolkit, row.Versions.Select(v =>
                new ToolkitVersionSummary(v.Label, v.Status, Convert.ToHexStringLower(v.Sha256), v.PublishedAt, v.RetiredAt))))],
            page.NextCursor,
            page.Count));
    }
}
