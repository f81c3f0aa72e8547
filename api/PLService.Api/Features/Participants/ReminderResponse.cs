using System.Linq.Expressions;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Participants;

/// <summary>One reminder to all of the roster who had not answered; of an anonymous assessment to everybody on it. Counts only, never who.</summary>
/// <param name="Id">The reminder.</param>
/// <param name="Kind">Whether one of the days before the window closes had come, or somebody asked for it.</param>
/// <param name="OnDay">The day, where the organization is.</param>
/// <param name="ClosesOn">The last day of the window, as it was told.</param>
/// <param name="DaysBefore">How many days before that it was.</param>
/// <param name="SentAt">When it was made.</param>
/// <param name="Queued">To how many a mail was written.</param>
/// <param name="Unsubscribed">How many were left out because they do not want reminders.</param>
/// <param name="Bounced">How many were left out because the last mail to their address came back.</param>
/// <param name="Unreachable">How many were left out because they have no address, or are deactivated.</param>
/// <param name="CameBack">Of the mails that were written, how many came back or were given up since.</param>
internal sealed record ReminderResponse(
    Guid Id, ReminderKind Kind, DateOnly OnDay, DateOnly ClosesOn, int DaysBefore, DateTimeOffset SentAt, int Queued, int Unsubscribed, int Bounced, int Unreachable, int CameBack)
{
    internal static readonly ReminderResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000500"), ReminderKind.Scheduled, new DateOnly(2026, 9, 15), new DateOnly(2026, 9, 18), 3,
        new DateTimeOffset(2026, 9, 15, 15, 5, 0, TimeSpan.Zero), 17, 2, 1, 1, 0);

    internal static Expression<Func<ReminderRound, ReminderResponse>> From(PLServiceDbContext db) => round => new ReminderResponse(
        round.Id, round.Kind, round.OnDay, round.ClosesOn, round.ClosesOn.DayNumber - round.OnDay.DayNumber, round.SentAt, round.Queued, round.Unsubscribed, round.Bounced, round.Unreachable,
        db.Reminders.Count(reminder => reminder.RoundId == round.Id
            && db.Mails.Any(mail => mail.Id == reminder.MailId && (mail.Status == MailStatus.Bounced || mail.Status == MailStatus.Failed))));
}
