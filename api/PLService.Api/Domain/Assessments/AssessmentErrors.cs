namespace PLService.Api.Domain.Assessments;

public static class AssessmentErrors
{
    public static readonly DomainError NotDraft = new("assessment.not_draft", "Only a draft can be opened or deleted.");
    public static readonly DomainError NotOpen = new("assessment.not_open", "The assessment is not open.");
    public static readonly DomainError NotClosed = new("assessment.not_closed", "The assessment is not closed.");
    public static readonly DomainError IsArchived = new("assessment.archived", "An archived assessment cannot be changed.");
    public static readonly DomainError RoundIsFrozen =
        new("assessment.round_is_frozen", "Results are filed under their round; reopen the assessment to change it.");
    public static readonly DomainError PromiseIsFrozen =
        new("assessment.promise_is_frozen", "Mode and roles are what participants were promised; they change only in a draft.");
    public static readonly DomainError UnknownOrganization =
        new("assessment.unknown_organization", "No organization that you can reach has this id.");
    public static readonly DomainError OrganizationIsClosed =
        new("assessment.organization_is_closed", "The organization is closed; a closed organization starts no assessment.");
    public static readonly DomainError UnknownInstrument =
        new("assessment.unknown_instrument", "No published instrument version that you can use has this code, version or id.");
    public static readonly DomainError ExternalIdTaken =
        new("assessment.external_id_taken", "Another assessment of this organization has this external id.");
    public static readonly DomainError UnknownItem = new("assessment.unknown_item", "The instrument has no such item or axis.");
    public static readonly DomainError UnknownLevel = new("assessment.unknown_level", "The item's scale offers no such level.");
    public static readonly DomainError UnknownRole = new("assessment.unknown_role", "The assessment does not list this role.");
    public static readonly DomainError Incomplete =
        new("assessment.comment_required", "A level that needs a comment has none.");
    public static readonly DomainError AlreadySubmitted =
        new("assessment.already_submitted", "The response was submitted; withdraw the submission to change it.");
    public static readonly DomainError NotSubmitted = new("assessment.not_submitted", "The response is not submitted.");
    public static readonly DomainError KeyNotTaken =
        new("assessment.anonymous_takes_no_key", "In an anonymous assessment the service makes the participant key; send none.");
    public static readonly DomainError KeyTaken =
        new("assessment.participant_key_taken", "A response with this participant key exists; change that one.");
    public static readonly DomainError ResponsesAreWithheld =
        new("assessment.responses_are_withheld", "In this mode nobody reads what a single participant answered.");
    public static readonly DomainError TalliesOnly =
        new("assessment.tallies_only", "The instrument lets a participant place many marks; enter counts as tallies.");
}
