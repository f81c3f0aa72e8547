using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>The meetings of a team, the latest day first; agenda, minutes and decisions are read with each.</summary>
internal static class ListTeamMeetings
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only with this status.</summary>
        public MeetingStatus? Status { get; init; }

        /// <summary>Only on this day or later.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Only on this day or earlier.</summary>
        public DateOnly? To { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 2) => RuleFor(request => request.Cursor).Must(cursor => cursor is null || !Cursor.TryDecode(cursor, out var keys) || TryDay(keys[0], out _))
            .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
    }

    public static void Map(RouteGroupBuilder meetings) =>
        meetings.MapQuery("/", Handle)
            .UseCase(nameof(ListTeamMeetings), "List the meetings of a team")
            .RequireScope(Scopes.TeamsRead)
            .Validate<Request>()
            .Example(response: new Page<TeamMeetingSummary>([TeamMeetingSummary.Sample], null, null));

    private static async Task<Results<Ok<Page<TeamMeetingSummary>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, TeamDesk teams, MeetingReader reader, CancellationToken ct)
    {
        if (!await teams.Readable().AnyAsync(t => t.Id == id, ct))
            return Problems.NotFound("team");
        var found = db.TeamMeetings.AsNoTracking().Where(m => m.TeamId == id);
        if (request.Status is { } status)
            found = found.Where(m => m.Status == status);
        if (request.From is { } from)
            found = found.Where(m => m.Day >= from);
        if (request.To is { } to)
            found = found.Where(m => m.Day <= to);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys) && TryDay(keys[0], out var lastDay))
        {
            var last = Guid.Parse(keys[1]);
            found = found.Where(m => EF.Functions.LessThan(ValueTuple.Create(m.Day, m.Id), ValueTuple.Create(lastDay, last)));
        }

        // Minutes are long, and not needed here.
        var rows = await found.OrderByDescending(m => m.Day).ThenByDescending(m => m.Id).Take(request.Take + 1).Select(m => new
        {
            m.Id,
            m.Status,
            m.Day,
            m.BeginsAt,
            m.EndsAt,
            m.Title,
            m.Place,
            Present = db.TeamAttendances.Count(a => a.MeetingId == m.Id),
            Decisions = db.TeamDecisions.Count(d => d.MeetingId == m.Id),
            HasMinutes = m.Minutes != null,
            m.Version,
        }).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, m => [m.Day.ToString("O", CultureInfo.InvariantCulture), m.Id.ToString()], count);
        var zone = await reader.ZoneAsync(id, ct);
        return TypedResults.Ok(new Page<TeamMeetingSummary>(
            [.. page.Items.Select(m => new TeamMeetingSummary(
                m.Id, m.Status, m.Day, TeamMeeting.WriteTime(m.BeginsAt), m.EndsAt is { } end ? TeamMeeting.WriteTime(end) : null, zone,
                TeamMeeting.MomentOf(m.Day, m.BeginsAt, zone), m.Title, m.Place, m.Present, m.Decisions, m.HasMinutes, m.Version))],
            page.NextCursor, page.Count));
    }

    private static bool TryDay(string key, out DateOnly day) => DateOnly.TryParseExact(key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
