using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Organizations;

/// <summary>
/// Gives an organization a further outside id. One organization at a time has an id: what another one has now must be ended there first,
/// and times that are known must not overlap. An id of former years can be entered with both dates.
/// </summary>
internal static class AddIdentifier
{
    /// <param name="System">Who gave it: <c>nces</c>, <c>state</c>, <c>sis</c>, ...</param>
    /// <param name="Value">The id as text; leading zeros are kept.</param>
    /// <param name="ValidFrom">Its first day, when known; not in the future.</param>
    /// <param name="ValidTo">Its last day, for an id that ended already.</param>
    public sealed record Request(string System, string Value, DateOnly? ValidFrom = null, DateOnly? ValidTo = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.System).IdentifierSystem();
            RuleFor(request => request.Value).IdentifierValue();
            RuleFor(request => request.ValidTo).Must((request, validTo) => validTo is null || request.ValidFrom is null || request.ValidFrom <= validTo)
                .WithErrorCode("value.out_of_range").WithMessage("The last day lies before the first.");
        }
    }

    public static void Map(RouteGroupBuilder organizations) =>
        organizations.MapPost("/{id:guid}/identifiers", Handle)
            .UseCase(nameof(AddIdentifier), "Give an organization an outside id")
            .RequireScope(Scopes.OrganizationsWrite)
            .Validate<Request>()
            .Refuses(
                OrganizationErrors.IdentifierTaken, OrganizationErrors.IdentifierOverlaps, OrganizationErrors.IdentifierInFuture,
                OrganizationErrors.TooManyIdentifiers)
            .Example(new Request("nces", "9900030", new DateOnly(2019, 7, 1)), IdentifierResponse.Sample);

    private static async Task<Results<Created<IdentifierResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        // The tree's lock serves here too: whoever gives an id away must see who had it before.
        await db.LockOrganizationTreeAsync(ct);
        await db.LockOrganizationAsync(id, ct);
        if (await db.ReachableOrganizations().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
            return Problems.NotFound("organization");

        var added = new OrganizationIdentifier { OrganizationId = id, System = request.System, Value = request.Value, ValidFrom = request.ValidFrom, ValidTo = request.ValidTo };
        var others = await db.OrganizationIdentifiers.AsNoTracking().Where(i => i.System == added.System && i.Value == added.Value).ToListAsync(ct);
        var count = await db.OrganizationIdentifiers.CountAsync(i => i.OrganizationId == id, ct);
        if (added.CheckAgainst(others, count, organization.Today(clock.GetUtcNow())) is { } refused)
            return refused.ToConflict();

        db.Add(added);
        db.Touch(organization);
        audit.Record("organization.identifierAdded", id, id, request);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/organizations/{id}/identifiers", IdentifierResponse.Of(added));
    }
}
