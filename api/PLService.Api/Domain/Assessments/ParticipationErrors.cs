namespace PLService.Api.Domain.Assessments;

public static class ParticipationErrors
{
    public static readonly DomainError AlreadyStarted = new(
        "participation.already_started",
        "Somebody has started under this name already. Go on where you started; if that is lost, ask who runs the assessment.");

    public static readonly DomainError CannotComeBack = new(
        "participation.cannot_come_back",
        "You have started already. The assessment is anonymous: nobody knows which answers are yours, so only who still has the token goes on.");

    public static readonly DomainError KeyNeeded = new(
        "participation.key_needed", "This assessment shows who said what: give your name or key as participantKey.");

    public static readonly DomainError NamesAreWithheld = new(
        "participation.names_are_withheld", "The assessment is anonymous: nobody sees who has answered, only how many.");

    public static readonly DomainError HasStarted = new(
        "participation.has_started", "Who has started to answer stays on the roster.");

    public static readonly DomainError UnknownPerson = new(
        "participation.unknown_person", "No active person that you can reach has one of these ids.");

    public static readonly DomainError RosterIsFull = new(
        "participation.roster_is_full", "The roster of one assessment has at most 20,000 people.");

    public static readonly DomainError TallyNotShown = new(
        "participation.tally_not_shown", "This assessment does not show what others answer.");
}
