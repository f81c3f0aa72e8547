namespace PLService.Api.Domain.Plans;

public static class PlanErrors
{
    public static readonly DomainError UnknownOrganization = new("plan.unknown_organization", "There is no such organization, or you cannot reach it.");
    public static readonly DomainError OrganizationIsClosed = new("plan.organization_closed", "The organization is closed.");
    public static readonly DomainError ExternalIdTaken = new("plan.external_id_taken", "Another plan of the organization, or another part of its kind in the plan, has this external id.");
    public static readonly DomainError NotEditable = new("plan.not_editable", "A plan that is completed or archived is not changed any more: make it active again, or copy it.");
    public static readonly DomainError OwnPartsOnly =
        new("plan.own_parts_only", "Participants write quick-writes and notes of their own and the steps that they see to, and nobody changes what another wrote in their own name.");
    public static readonly DomainError WrongStatus = new("plan.wrong_status", "The plan cannot go from its status to this one.");
    public static readonly DomainError Begun = new("plan.begun", "A plan that was active once is kept: archive it.");
    public static readonly DomainError DecidedOn = new("plan.decided_on", "Teams took decisions about the plan: it is kept. Archive it, or take it off the decisions first.");
    public static readonly DomainError TooManyParts = new("plan.too_many_parts", "The plan has as many parts of this kind as it may have.");
    public static readonly DomainError PartInUse = new("plan.part_in_use", "Other parts of the plan belong to this one: move or delete them first.");
    public static readonly DomainError UnknownParent = new("plan.unknown_parent", "The part that this one belongs to is none of this plan.");
    public static readonly DomainError UnknownOwner = new("plan.unknown_owner", "There is no such active person or team, or you cannot reach them.");
    public static readonly DomainError UnknownSite = new("plan.unknown_site", "There is no such organization in or below the plan's.");
    public static readonly DomainError UnknownCause = new("plan.unknown_cause", "The assessment that caused this cannot be reached or has no such item, or the priority is none that the plan's organization or one above it adopted.");
    public static readonly DomainError NothingToUndo = new("plan.nothing_to_undo", "What this change did is not there any more: somebody undid it, or the same was written again.");
    public static readonly DomainError ChangedSince = new("plan.changed_since", "What this change did was changed again since: undo the later changes first, or write what is to stand there.");
    public static readonly DomainError UnknownTemplate = new("plan.unknown_template", "There is no template with this code.");
    public static readonly DomainError FormTooLongToPrint =
        new("plan.form_too_long_to_print", "The form has more than 2,000,000 characters, which is more than is set as pages: read it as JSON or as a table.");
}
