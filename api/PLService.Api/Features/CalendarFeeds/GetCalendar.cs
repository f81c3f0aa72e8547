using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Http;

namespace PLService.Api.Features.CalendarFeeds;

/// <summary>
/// A calendar (iCalendar, RFC 5545) by the secret in its address: a day for each step, check-in and cycle that is due, from 90 days ago to 400 days ahead,
/// 1,000 at most, in the language of whoever made it. What was dropped is cancelled, what is done has a check mark. It is gone when it is revoked, when
/// whoever made it is deactivated or has no role any more, and for a team when they do not see the team any more.
/// </summary>
internal static class GetCalendar
{
    public const string MediaType = "text/calendar";

    public static void Map(RouteGroupBuilder calendars) =>
        calendars.MapGet("/{token}.ics", Handle)
            .AllowAnonymous()
            .LimitFetches()
            .UseCase(nameof(GetCalendar), "Fetch a calendar")
            .MayNotExist()
            .Produces<string>(StatusCodes.Status200OK, MediaType)
            .AnswersWith("ETag", "The state of the calendar, for If-None-Match.")
            .Example(response: CalendarText.Sample);

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        string token, HttpContext context, CalendarDesk desk, CancellationToken ct)
    {
        if (await desk.WriteAsync(token, ct) is not { } text)
            return Problems.NotFound("calendar");

        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.Headers.CacheControl = "private, max-age=900";
        return EntityTags.AnswersUnchanged(context, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.File(bytes, $"{MediaType}; charset=utf-8", "plans.ics");
    }
}
