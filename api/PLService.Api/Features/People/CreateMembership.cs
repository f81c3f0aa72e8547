using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Gives a person a role in an organization and everything below it, for good or for a time. It counts with the person's next request. You can give
/// a role only where you reach, and only one that allows nothing there that you may not do yourself; a role in the whole tenant only who reaches
/// all of it. A person can have several roles, each once in a place.
/// </summary>
internal static class CreateMembership
{
    /// <param name="Role">The role.</param>
    /// <param name="OrganizationId">Where it holds, with everything below; none is the whole tenant.</param>
    /// <param name="StartsOn">The first day, in the organization's time zone; always unless given.</param>
    /// <param name="EndsOn">The last day, in the organization's time zone; for good unless given.</param>
    public sealed record Request(Role Role, Guid? OrganizationId = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Role).IsInEnum();
            RuleFor(request => request.OrganizationId).NotEqual(Guid.Empty);
        }
    }

    public static void Map(RouteGroupBuilder people) =>
        people.MapPost("/{id:guid}/memberships", Handle)
            .UseCase(nameof(CreateMembership), "Give a person a role")
            .WithTags("Memberships")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(MembershipErrors.BeyondYourReach, MembershipErrors.Exists, MembershipErrors.EndsBeforeItStarts, MembershipErrors.TooMany)
            .Example(new Request(Role.Facilitator, MembershipResponse.Sample.OrganizationId, MembershipResponse.Sample.StartsOn), MembershipResponse.Sample);

    private static async Task<Results<Created<MembershipResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, RoleReach reach, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        await db.LockPersonAsync(id, ct);
        if (await db.ReachablePeople().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            return Problems.NotFound("person");
        if (!await reach.CanGiveAsync(request.Role, request.OrganizationId, ct))
            return MembershipErrors.BeyondYourReach.ToConflict();
        if (await db.Memberships.CountAsync(m => m.PersonId == id, ct) >= Person.MaxMemberships)
            return MembershipErrors.TooMany.ToConflict();

        var membership = Membership.Create(id, request.Role, request.OrganizationId);
        if (membership.ChangeDates(request.StartsOn, request.EndsOn) is { } refused)
            return refused.ToConflict();

        db.Add(membership);
        db.Touch(person);
        audit.Record("membership.created", membership.Id, membership.OrganizationId, new { membership.PersonId, Role = EnumText.Of(membership.Role), membership.StartsOn, membership.EndsOn });
        if (await db.TrySaveAsync(MembershipErrors.Exists, ct) is { } taken)
            return taken.ToConflict();

        return TypedResults.Created($"/v1/memberships/{membership.Id}", await MembershipResponse.ReadAsync(db, membership.Id, ct));
    }
}
