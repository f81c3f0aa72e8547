using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>A calendar, without the secret in its address.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What calendar programs call it.</param>
/// <param name="TeamId">The team whose steps it shows; null for what is due for you.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
internal sealed record CalendarFeedResponse(Guid Id, string Name, Guid? TeamId, DateTimeOffset CreatedAt)
{
    public static readonly CalendarFeedResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000460"), "Professional learning", null, new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero));

    public static CalendarFeedResponse Of(CalendarFeed feed) => new(feed.Id, feed.Name, feed.TeamId, feed.CreatedAt);
}
