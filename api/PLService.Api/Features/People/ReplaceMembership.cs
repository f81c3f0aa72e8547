using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Replaces the first and the last day of a role; what is left out is no longer bounded. A last day in the past ends it at once. Another role or place
/// is another membership. The last person who administers the whole tenant keeps that role, unless a machine ends it.
/// </summary>
internal static class ReplaceMembership
{
    /// <param name="StartsOn">The first day, in the organization's time zone; always unless given.</param>
    /// <param name="EndsOn">The last day, in the organization's time zone; for good unless given.</param>
    public sealed record Request(DateOnly? StartsOn = null, DateOnly? EndsOn = null);

    // Which days go together is the domain's to say.
    public sealed class Validator : AbstractValidator<Request>;

    public static void Map(RouteGroupBuilder memberships) =>
        memberships.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplaceMembership), "Replace the days of a role")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(MembershipErrors.BeyondYourReach, MembershipErrors.EndsBeforeItStarts, MembershipErrors.LastAdmin)
            .Example(
                new Request(MembershipResponse.Sample.StartsOn, new DateOnly(2027, 6, 30)),
                MembershipResponse.Sample with { EndsOn = new DateOnly(2027, 6, 30), Version = 2 });

    private static async Task<Results<Ok<MembershipResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, MembershipDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (membership, refused) = await desk.FindAsync(id, ifMatch, ct);
        if (membership is null)
            return refused!;
        var before = membership.EndsOn;
        if (membership.ChangeDates(request.StartsOn, request.EndsOn) is { } conflict)
            return conflict.ToConflict();
        if (!db.ChangeTracker.HasChanges())
            return TypedResults.Ok(await MembershipResponse.ReadAsync(db, id, ct));
        // A last day in years to come ends it as well, only later.
        var isTaken = !membership.HoldsOn(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) || membership.EndsOn < (before ?? DateOnly.MaxValue);
        if (isTaken && await desk.RefusesToTakeAsync(membership, ct) is { } last)
            return last.ToConflict();

        await desk.TouchPersonAsync(membership.PersonId, ct);
        audit.Record("membership.changed", id, membership.OrganizationId, new { membership.PersonId, Role = EnumText.Of(membership.Role), membership.StartsOn, membership.EndsOn });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await MembershipResponse.ReadAsync(db, id, ct));
    }
}
