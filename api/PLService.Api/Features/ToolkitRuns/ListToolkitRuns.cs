using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>The teams at work on toolkits that you reach, and those that you are a member of, the newest first.</summary>
internal static class ListToolkitRuns
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization or of one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only with the toolkit of this code.</summary>
        public string? Toolkit { get; init; }

        /// <summary>Only with a team of this kind.</summary>
        public TeamKind? TeamKind { get; init; }

        /// <summary>Only with this person as a member.</summary>
        public Guid? MemberId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.Toolkit).MaximumLength(40);
    }

    public static void Map(RouteGroupBuilder runs) =>
        runs.MapQuery("/", Handle)
            .UseCase(nameof(ListToolkitRuns), "List teams at work on toolkits")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Example(response: new Page<ToolkitRunResponse>([ToolkitRunResponse.Sample], null, null));

    private static async Task<Ok<Page<ToolkitRunResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, RunReader reader, CancellationToken ct)
    {
        var found = db.ReachableToolkitRuns().AsNoTracking();
        if (request.OrganizationId is { } organization)
            found = found.Where(r => r.OrganizationId == organization);
        if (request.WithinOrganizationId is { } root)
            found = found.Where(r => db.OrganizationClosure.Any(c => c.AncestorId == root && c.DescendantId == r.OrganizationId));
        if (request.Toolkit is { } code)
        {
            found = found.Where(r => db.ToolkitVersions.Any(v => v.TenantId == r.ToolkitTenantId && v.Id == r.ToolkitVersionId
                && db.Toolkits.Any(t => t.TenantId == v.TenantId && t.Id == v.ToolkitId && t.Code == code)));
        }

        if (request.TeamKind is { } kind)
            found = found.Where(r => r.TeamKind == kind);
        if (request.MemberId is { } person)
            found = found.Where(r => db.ToolkitRunMembers.Any(m => m.RunId == r.Id && m.PersonId == person));
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(r => r.Id < last);

        var rows = await found.OrderByDescending(r => r.Id).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, run => [run.Id.ToString()], count);
        return TypedResults.Ok(new Page<ToolkitRunResponse>(await reader.ReadAsync(page.Items, ct), page.NextCursor, page.Count));
    }
}
