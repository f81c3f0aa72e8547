using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Who has which role in the organizations that you reach, the oldest first, ended and future ones included; narrowed by any of the filters together.
/// Reading is put on record.
/// </summary>
internal static class ListMemberships
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only roles in exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only roles in this organization or in one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only this role.</summary>
        public Role? Role { get; init; }

        /// <summary>Only of this person.</summary>
        public Guid? PersonId { get; init; }
    }

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder memberships) =>
        memberships.MapQuery("/", Handle)
            .UseCase(nameof(ListMemberships), "List who has which role")
            .RequireScope(Scopes.PeopleRead)
            .Validate<Request>()
            .Example(response: new Page<MembershipResponse>([MembershipResponse.Sample], null, null));

    private static async Task<Ok<Page<MembershipResponse>>> Handle(
        [AsParameters] Request request, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        var found = db.ReachableMemberships();
        if (request.OrganizationId is { } organization)
            found = found.Where(m => m.OrganizationId == organization);
        if (request.WithinOrganizationId is { } within)
            found = found.Where(m => db.OrganizationClosure.Any(c => c.AncestorId == within && c.DescendantId == m.OrganizationId));
        if (request.Role is { } role)
            found = found.Where(m => m.Role == role);
        if (request.PersonId is { } person)
            found = found.Where(m => m.PersonId == person);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(m => m.Id > last);
        var fetched = await found.OrderBy(m => m.Id).Take(request.Take + 1).Select(MembershipResponse.From(db)).ToListAsync(ct);
        var page = Page.Of(fetched, request.Take, m => [m.Id.ToString()], count);
        if (page.Items.Count > 0)
        {
            var place = request.WithinOrganizationId ?? request.OrganizationId ?? caller.OnlyRoot;
            audit.Record("membership.listed", request.PersonId ?? place ?? caller.TenantId, place, new { memberships = page.Items.Count, role = request.Role is { } asked ? EnumText.Of(asked) : null });
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(page);
    }
}
