using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>What the teams that you reach decided, the latest entered first: all that was decided of a plan, or by a team.</summary>
internal static class ListTeamDecisions
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only by this team.</summary>
        public Guid? TeamId { get; init; }

        /// <summary>Only about this plan.</summary>
        public Guid? PlanId { get; init; }

        /// <summary>Only decided on this day or later.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Only decided on this day or earlier.</summary>
        public DateOnly? To { get; init; }
    }

    /// <summary>Something that a team decided.</summary>
    /// <param name="Id">The decision's id.</param>
    /// <param name="Text">What was decided.</param>
    /// <param name="DecidedOn">When.</param>
    /// <param name="PlanId">The plan that it is about.</param>
    /// <param name="MeetingId">The meeting.</param>
    /// <param name="TeamId">The team.</param>
    /// <param name="TeamName">What the team is called.</param>
    internal sealed record Item(Guid Id, string Text, DateOnly DecidedOn, Guid? PlanId, Guid MeetingId, Guid TeamId, string TeamName);

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder decisions) =>
        decisions.MapQuery("/", Handle)
            .UseCase(nameof(ListTeamDecisions), "List what teams decided")
            .RequireScope(Scopes.TeamsRead)
            .Validate<Request>()
            .Example(response: new Page<Item>(
                [new(Guid.Parse("01a2b3c4-0000-7000-8000-000000000520"), "Teams meet on Wednesdays.", new(2026, 10, 5), null, TeamMeetingResponse.SampleId, TeamSamples.Team, "Cedar Valley PDEC")], null, null));

    private static async Task<Ok<Page<Item>>> Handle([AsParameters] Request request, PLServiceDbContext db, TeamDesk teams, CancellationToken ct)
    {
        var found =
            from team in teams.Readable()
            join meeting in db.TeamMeetings on team.Id equals meeting.TeamId
            join decision in db.TeamDecisions on meeting.Id equals decision.MeetingId
            select new { decision.Id, decision.Text, decision.DecidedOn, decision.PlanId, decision.MeetingId, meeting.TeamId, TeamName = team.Name };
        if (request.TeamId is { } of)
            found = found.Where(d => d.TeamId == of);
        if (request.PlanId is { } plan)
            found = found.Where(d => d.PlanId == plan);
        if (request.From is { } from)
            found = found.Where(d => d.DecidedOn >= from);
        if (request.To is { } to)
            found = found.Where(d => d.DecidedOn <= to);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(d => d.Id < last);

        var rows = await found.OrderByDescending(d => d.Id).Take(request.Take + 1)
            .Select(d => new Item(d.Id, d.Text, d.DecidedOn, d.PlanId, d.MeetingId, d.TeamId, d.TeamName)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, request.Take, decision => [decision.Id.ToString()], count));
    }
}
