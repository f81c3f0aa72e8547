using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Priority lists of the organizations that you reach, the newest first, without their priorities.</summary>
internal static class ListPriorityLists
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization or of one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only of this assessment.</summary>
        public Guid? AssessmentId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1)
        {
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapQuery("/", Handle)
            .UseCase(nameof(ListPriorityLists), "List priority lists")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<PriorityListResponse>([PriorityListResponse.Sample], null, null));

    private static async Task<Ok<Page<PriorityListResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        var found = db.ReachablePriorityLists().AsNoTracking();
        if (request.OrganizationId is { } organization)
            found = found.Where(l => l.OrganizationId == organization);
        if (request.WithinOrganizationId is { } root)
            found = found.Where(l => db.OrganizationClosure.Any(c => c.AncestorId == root && c.DescendantId == l.OrganizationId));
        if (request.AssessmentId is { } assessment)
            found = found.Where(l => l.AssessmentId == assessment);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(l => l.Id < last);

        var rows = await found.OrderByDescending(l => l.Id).Take(request.Take + 1).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, list => [list.Id.ToString()], count);
        return TypedResults.Ok(new Page<PriorityListResponse>([.. page.Items.Select(PriorityListResponse.Of)], page.NextCursor, page.Count));
    }
}
