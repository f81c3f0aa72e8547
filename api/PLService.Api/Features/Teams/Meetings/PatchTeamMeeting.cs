using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Meetings;

/// <summary>
/// Changes some of what is said of a meeting (JSON Merge Patch, RFC 7396): that it was held, who was present, minutes, decisions. What is left out stays,
/// null removes; a list replaces the list, and a decision that keeps its id stays the same decision.
/// </summary>
internal static class PatchTeamMeeting
{
    public static void Map(RouteGroupBuilder meetings) =>
        meetings.MapPatch("/{meetingId:guid}", Handle)
            .UseCase(nameof(PatchTeamMeeting), "Change a meeting of a team")
            .RequireScope(Scopes.TeamsWrite)
            .TakesPatch<MeetingContent>()
            .Refuses(TeamErrors.LeadOnly, TeamErrors.IsDissolved, TeamErrors.NotYetHeld, TeamErrors.UnknownMember, TeamErrors.UnknownDecision, TeamErrors.UnknownPlan)
            .Example(
                new { status = "held", present = new[] { TeamSamples.Member }, decisions = new[] { new { text = "Teams meet on Wednesdays." } } },
                TeamMeetingResponse.Sample with
                {
                    Status = MeetingStatus.Held,
                    Present = [TeamSamples.Member],
                    Decisions = [new("Teams meet on Wednesdays.", TeamMeetingResponse.SampleContent.Day, null, Guid.Parse("01a2b3c4-0000-7000-8000-000000000520"))],
                    Version = 2,
                });

    private static async Task<Results<Ok<TeamMeetingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid meetingId, MergePatch<MeetingContent> patch, IfMatch ifMatch, PLServiceDbContext db, MeetingDesk desk, MeetingReader reader, AuditTrail audit, CancellationToken ct)
    {
        var (team, meeting, refused) = await desk.FindAsync(id, meetingId, ifMatch, ct);
        if (team is null || meeting is null)
            return refused!;
        var before = await reader.ContentAsync(meeting, ct);
        var (wanted, invalid) = patch.Apply(before);
        if (wanted is null)
            return invalid!;
        if (await desk.RefusesAsync(team, before, wanted, ct) is { } wrong)
            return wrong.ToConflict();

        meeting.Become(wanted);
        IReadOnlyList<string> changed = [.. db.ChangedMembersOf(meeting), .. await desk.SetAsync(meeting, wanted, ct)];
        if (changed.Count > 0)
        {
            db.Touch(meeting);
            audit.Record("teamMeeting.changed", meetingId, team.OrganizationId, new { teamId = id, fields = changed });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await reader.AnswerAsync(meeting, ct));
    }
}
