using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Requests that you can decide, because you could give what is asked for, the newest first. Reading is put on record.</summary>
internal static class ListAccessRequests
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only those that stand there.</summary>
        public AccessRequestStatus? Status { get; init; }

        /// <summary>Only for exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.Status).IsInEnum();
    }

    public static void Map(RouteGroupBuilder requests) =>
        requests.MapQuery("/", Handle)
            .UseCase(nameof(ListAccessRequests), "List requests for roles")
            .RequireScope(Scopes.PeopleRead)
            .Validate<Request>()
            .Example(response: new Page<AccessRequestResponse>([AccessRequestResponse.Sample], null, null));

    private static async Task<Ok<Page<AccessRequestResponse>>> Handle(
        [AsParameters] Request request, DecisionDesk desk, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        var found = desk.Decidable();
        if (request.Status is { } status)
            found = found.Where(r => r.Status == status);
        if (request.OrganizationId is { } organization)
            found = found.Where(r => r.OrganizationId == organization);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(r => r.Id < last);
        var fetched = await found.OrderByDescending(r => r.Id).Take(request.Take + 1).Select(AccessRequestResponse.From(db)).ToListAsync(ct);
        var page = Page.Of(fetched, request.Take, r => [r.Id.ToString()], count);
        if (page.Items.Count > 0)
        {
            var place = request.OrganizationId ?? caller.OnlyRoot;
            audit.Record("accessRequest.listed", place ?? caller.TenantId, place, new { requests = page.Items.Count });
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(page);
    }
}
