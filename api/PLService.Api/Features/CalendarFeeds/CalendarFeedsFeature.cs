namespace PLService.Api.Features.CalendarFeeds;

internal static class CalendarFeedsFeature
{
    public static void AddCalendarFeeds(this IServiceCollection services) => services.AddScoped<CalendarDesk>();

    /// <summary>People's calendars of what is due.</summary>
    public static void MapCalendarFeeds(this RouteGroupBuilder v1)
    {
        var feeds = v1.MapGroup("/calendar-feeds").WithTags("Plans");
        CreateCalendarFeed.Map(feeds);
        ListCalendarFeeds.Map(feeds);
        RevokeCalendarFeed.Map(feeds);
    }

    /// <summary>The calendars themselves, at addresses that any calendar program takes.</summary>
    public static void MapCalendars(this WebApplication app) => GetCalendar.Map(app.MapGroup("/calendar").WithTags("Plans"));
}
