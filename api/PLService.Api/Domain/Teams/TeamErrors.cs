namespace PLService.Api.Domain.Teams;

public static class TeamErrors
{
    public static readonly DomainError UnknownOrganization = new("team.unknown_organization", "There is no such organization, or you cannot reach it.");
    public static readonly DomainError OrganizationIsClosed = new("team.organization_closed", "The organization is closed.");
    public static readonly DomainError ExternalIdTaken = new("team.external_id_taken", "Another team of the organization has this external id.");
    public static readonly DomainError LeadOnly = new("team.lead_only", "A team, its members and its meetings are changed by those who lead where it is.");
    public static readonly DomainError IsDissolved = new("team.dissolved", "A dissolved team is kept as it was: reopen it to change it.");
    public static readonly DomainError AlreadyDissolved = new("team.already_dissolved", "The team is dissolved already.");
    public static readonly DomainError NotDissolved = new("team.not_dissolved", "The team is not dissolved.");
    public static readonly DomainError EndsBeforeStart = new("team.ends_before_start", "The team's last day lies before its first.");
    public static readonly DomainError InUse = new("team.in_use", "The team has met, or plans name it: dissolve it instead.");

    public static readonly DomainError UnknownPerson = new("team.unknown_person", "There is no such active person, or you cannot reach them.");
    public static readonly DomainError OtherPerson = new("team.other_person", "Another person is another member: end this term and add them.");
    public static readonly DomainError TermsOverlap = new("team.terms_overlap", "The person has another term in this team that shares days with this one.");
    public static readonly DomainError TermEndsBeforeStart = new("team.term_ends_before_start", "The last day of the term lies before its first.");
    public static readonly DomainError TermIsOver = new("team.term_over", "The term ends on that day or earlier already.");
    public static readonly DomainError TooManyMembers = new("team.too_many_members", "The team has as many terms of members as it may have, those that are over counted.");
    public static readonly DomainError MemberInUse = new("team.member_in_use", "The member was present at meetings: end the term instead.");

    public static readonly DomainError UnknownMember = new("team.unknown_member", "Somebody who was present is no member of this team, and never was.");
    public static readonly DomainError UnknownPlan = new("team.unknown_plan", "There is no such plan, or you cannot reach it.");
    public static readonly DomainError UnknownDecision = new("team.unknown_decision", "A decision with this id is none of this meeting.");
    public static readonly DomainError NotYetHeld = new("team.meeting_in_future", "A meeting cannot have been held on a day to come.");
    public static readonly DomainError NotPlanned = new("team.meeting_not_planned", "A meeting that was held or cancelled stays on record.");
    public static readonly DomainError TooManyMeetings = new("team.too_many_meetings", "The team has as many meetings as it may have.");

    public static readonly DomainError ConstituencyIsShipped = new("team.constituency_shipped", "The service brings this constituency along; it is the same everywhere.");
    public static readonly DomainError ConstituencyInUse = new("team.constituency_in_use", "Members of teams or rules name this constituency.");
    public static readonly DomainError TooManyConstituencies = new("team.too_many_constituencies", "The tenant has as many constituencies of its own as it may have.");
    public static readonly DomainError SetMeanwhile = new("team.set_meanwhile", "Somebody else wrote the same at this moment: read it, and repeat your change on what you find.");
}
