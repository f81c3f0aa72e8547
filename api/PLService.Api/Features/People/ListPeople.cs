using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// The people that you reach, by name: those of your organizations, and those of others who have a role there. Narrowed by any of the filters
/// together. Reading is put on record.
/// </summary>
internal static class ListPeople
{
    public sealed class Request : PageRequest
    {
        /// <summary>Part of the name or of the e-mail address, in any case.</summary>
        public string? Q { get; init; }

        /// <summary>Only people of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only people of this organization or of one below it, and those with a role in one of them.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only people who have this role, in an organization that you reach; with <c>withinOrganizationId</c>, in one of those.</summary>
        public Role? Role { get; init; }

        /// <summary>Only people employed as this.</summary>
        public EmployeeGroup? EmployeeGroup { get; init; }

        /// <summary>Only with this status.</summary>
        public PersonStatus? Status { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.Q).Length(2, EmailAddress.MaxLength);
    }

    public static void Map(RouteGroupBuilder people) =>
        people.MapQuery("/", Handle)
            .UseCase(nameof(ListPeople), "List people")
            .RequireScope(Scopes.PeopleRead)
            .Validate<Request>()
            .Example(response: new Page<PersonResponse>([PersonResponse.Sample], null, null));

    private static async Task<Ok<Page<PersonResponse>>> Handle(
        [AsParameters] Request request, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        var found = db.ReachablePeople().Narrowed(request, db);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys))
        {
            var (lastName, lastId) = (keys[0], Guid.Parse(keys[1]));
            found = found.Where(p => EF.Functions.GreaterThan(ValueTuple.Create(Sql.Lower(p.Name), p.Id), ValueTuple.Create(Sql.Lower(lastName), lastId)));
        }

        var fetched = await found.OrderBy(p => Sql.Lower(p.Name)).ThenBy(p => p.Id).Take(request.Take + 1).Select(PersonResponse.From(db)).ToListAsync(ct);
        var page = Page.Of(fetched, request.Take, p => [p.Name, p.Id.ToString()], count);
        if (page.Items.Count > 0)
        {
            var place = request.WithinOrganizationId ?? request.OrganizationId ?? caller.OnlyRoot;
            // What was searched for may be a name.
            audit.Record("person.listed", place ?? caller.TenantId, place, new { people = page.Items.Count, searched = request.Q is not null, role = request.Role is { } asked ? EnumText.Of(asked) : null });
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(page);
    }
}
