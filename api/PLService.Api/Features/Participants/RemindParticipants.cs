using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Mailing.Reminding;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Reminds those of the roster who have not handed in, now and by mail; of an anonymous assessment everybody, and the mail says so. Once a day at most,
/// and it takes the place of a scheduled reminder of the same day. Who unsubscribed, is deactivated, has no address or one that bounced is left out.
/// </summary>
internal static class RemindParticipants
{
    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapPost("/reminders", Handle)
            .UseCase(nameof(RemindParticipants), "Remind those who have not answered")
            .RequireScope(Scopes.AssessmentsWrite)
            .Refuses(AssessmentErrors.NotOpen, ReminderErrors.NoClosingDate, ReminderErrors.AlreadyToday, ReminderErrors.NobodyInvited)
            .Example(response: ReminderResponse.Sample with { Kind = ReminderKind.Requested });

    private static async Task<Results<Ok<ReminderResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, AssessmentGate gate, DueReminders due, Reminders reminders, PLServiceDbContext db, CancellationToken ct)
    {
        // Held, so that it is not closed meanwhile.
        if (await gate.HoldAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();
        if (await due.OneAsync(id, ct) is not { } reminder)
            return ReminderErrors.NoClosingDate.ToConflict();
        if (!await db.Invited(id).AnyAsync(ct))
            return ReminderErrors.NobodyInvited.ToConflict();
        if (await db.ReminderRounds.AnyAsync(r => r.AssessmentId == id && r.OnDay == reminder.Today && r.Kind == ReminderKind.Requested, ct)
            || await reminders.SendAsync(reminder, ReminderKind.Requested, ct) is not { } round)
            return ReminderErrors.AlreadyToday.ToConflict();

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await db.ReminderRounds.Where(r => r.Id == round).Select(ReminderResponse.From(db)).SingleAsync(ct));
    }
}
