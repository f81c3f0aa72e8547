using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>Revokes a calendar of yours: from now on there is nothing at its address. No If-Match: in an emergency nobody should have to read first.</summary>
internal static class RevokeCalendarFeed
{
    public static void Map(RouteGroupBuilder feeds) =>
        feeds.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(RevokeCalendarFeed), "Revoke a calendar")
            .RequirePerson();

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(Guid id, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        if (await db.CalendarFeeds.SingleOrDefaultAsync(feed => feed.Id == id && feed.PersonId == caller.PersonId, ct) is not { } feed)
            return Problems.NotFound("calendar_feed");

        db.Remove(feed);
        audit.Record("calendarFeed.revoked", id, organizationId: null, new { feed.TeamId });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
