namespace PLService.Api.Domain.Priorities;

public static class PriorityErrors
{
    public static readonly DomainError UnknownAssessment = new("priority_list.unknown_assessment", "There is no such assessment, or you cannot reach it.");
    public static readonly DomainError AssessmentNotClosed = new("priority_list.assessment_not_closed", "Priorities are made from what an assessment said when it closed: close it first.");
    public static readonly DomainError LeadersOnly = new("priority_list.leaders_only", "Priorities are managed by those who lead where they are; participants vote.");
    public static readonly DomainError InUse = new("priority_list.in_use", "A priority of the list was adopted: the list is kept.");
    public static readonly DomainError TooMany = new("priority_list.too_many", $"A list has at most {PriorityList.MaxPriorities} priorities.");
    public static readonly DomainError OrderedByVote = new("priority_list.ordered_by_vote", "The order of this list follows from the dots: change its ordering to dragOrder first.");
    public static readonly DomainError OrderedByHand = new("priority_list.ordered_by_hand", "This list is ordered by hand: change its ordering to dotVote first.");
    public static readonly DomainError VotingIsOpen = new("priority_list.voting_open", "Everybody votes on the same list: close voting before you change it.");
    public static readonly DomainError VotingIsNotOpen = new("priority_list.voting_not_open", "Voting is not open.");
    public static readonly DomainError DotsAreGiven = new("priority_list.dots_given", "Voting was opened with this number of dots: it stays.");
    public static readonly DomainError PeopleVote = new("priority_list.people_vote", "Votes are people's own; a machine enters what a group voted on paper.");
    public static readonly DomainError TooManyDots = new("priority_list.too_many_dots", "These are more dots than there are to give.");
    public static readonly DomainError UnknownPriority = new("priority_list.unknown_priority", "There is no such priority in this list, or it was dropped.");
    public static readonly DomainError NotProposed = new("priority.not_proposed", "Only priorities that are proposed, neither adopted nor dropped, are put together.");
    public static readonly DomainError IsDropped = new("priority.dropped", "The priority was dropped; restore it first.");
    public static readonly DomainError NotDropped = new("priority.not_dropped", "Only a priority that was dropped is restored.");
    public static readonly DomainError ActedOn = new("priority.acted_on", "Strategies or steps of plans act on this priority: take it out of them first.");
}
