using System.Globalization;
using FluentValidation;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Features.Teams.Meetings;

internal sealed class MeetingContentValidator : AbstractValidator<MeetingContent>
{
    public MeetingContentValidator()
    {
        RuleFor(meeting => meeting.From).Must(IsTime).WithErrorCode("team.bad_time").WithMessage("A time is written as 15:30.");
        RuleFor(meeting => meeting.To).Must(time => time is null || IsTime(time)).WithErrorCode("team.bad_time").WithMessage("A time is written as 15:30.")
            // Times of one form stand in the order of their texts.
            .Must((meeting, to) => to is null || string.CompareOrdinal(meeting.From, to) < 0)
            .WithErrorCode("team.meeting_ends_before_start").WithMessage("A meeting ends later on the day on which it begins.");
        RuleFor(meeting => meeting.Title).Length(1, MeetingContent.TitleMaxLength);
        RuleFor(meeting => meeting.Place).Length(1, MeetingContent.PlaceMaxLength);
        RuleFor(meeting => meeting.Status).IsInEnum();
        RuleFor(meeting => meeting.Minutes).MaximumLength(MeetingContent.MinutesMaxLength);
        RuleFor(meeting => meeting.Present)
            .Must(present => present.Count <= TeamMember.MaxPerTeam).WithErrorCode("value.too_many").WithMessage($"At most {TeamMember.MaxPerTeam} members.")
            .Must(present => present.Distinct().Count() == present.Count).WithErrorCode("value.duplicate").WithMessage("A member stands twice.");
        RuleFor(meeting => meeting.Agenda).Must(items => items.Count <= MeetingContent.MaxAgendaItems)
            .WithErrorCode("value.too_many").WithMessage($"At most {MeetingContent.MaxAgendaItems} agenda items.");
        RuleForEach(meeting => meeting.Agenda).NotNull().ChildRules(item =>
        {
            item.RuleFor(of => of.Title).NotEmpty().MaximumLength(AgendaItem.TitleMaxLength);
            item.RuleFor(of => of.Minutes).InclusiveBetween(1, 1_440);
            item.RuleFor(of => of.Presenter).Length(1, AgendaItem.PresenterMaxLength);
        });
        RuleFor(meeting => meeting.Decisions)
            .Must(decisions => decisions.Count <= MeetingContent.MaxDecisions).WithErrorCode("value.too_many").WithMessage($"At most {MeetingContent.MaxDecisions} decisions.")
            .Must(decisions => decisions.Select(decision => decision?.Id).OfType<Guid>() is var ids && ids.Distinct().Count() == ids.Count())
            .WithErrorCode("value.duplicate").WithMessage("A decision stands twice.");
        RuleForEach(meeting => meeting.Decisions).NotNull().ChildRules(decision =>
            decision.RuleFor(of => of.Text).NotEmpty().MaximumLength(MeetingContent.DecisionMaxLength));
    }

    private static bool IsTime(string text) => TimeOnly.TryParseExact(text, TeamMeeting.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
