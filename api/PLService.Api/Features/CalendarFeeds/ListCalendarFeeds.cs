using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>Your calendars, 20 at most, the oldest first; their addresses are not shown again.</summary>
internal static class ListCalendarFeeds
{
    public static void Map(RouteGroupBuilder feeds) =>
        feeds.MapGet("/", Handle)
            .UseCase(nameof(ListCalendarFeeds), "List your calendars")
            .RequirePerson()
            .Example(response: new Page<CalendarFeedResponse>([CalendarFeedResponse.Sample], null, null));

    private static async Task<Ok<Page<CalendarFeedResponse>>> Handle(PLServiceDbContext db, Caller caller, CancellationToken ct) =>
        TypedResults.Ok(new Page<CalendarFeedResponse>(
            await db.CalendarFeeds.Where(feed => feed.PersonId == caller.PersonId).OrderBy(feed => feed.Id)
                .Select(feed => new CalendarFeedResponse(feed.Id, feed.Name, feed.TeamId, feed.CreatedAt)).ToListAsync(ct),
            null, null));
}
