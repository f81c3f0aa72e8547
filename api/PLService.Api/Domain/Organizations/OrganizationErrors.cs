namespace PLService.Api.Domain.Organizations;

public static class OrganizationErrors
{
    public static readonly DomainError AlreadyClosed = new("organization.already_closed", "The organization is closed already.");
    public static readonly DomainError NotClosed = new("organization.not_closed", "Only a closed organization can be reopened.");
    public static readonly DomainError OwnSuccessor = new("organization.own_successor", "An organization cannot succeed itself.");
    public static readonly DomainError ClosedBeforeOpened =
        new("organization.closed_before_opened", "The closing date lies before the opening date.");
    public static readonly DomainError UnknownParent =
        new("organization.unknown_parent", "No organization that you can reach has the id given as parent.");
    public static readonly DomainError UnknownSuccessor =
        new("organization.unknown_successor", "No organization that you can reach has the id given as successor.");
    public static readonly DomainError Cycle =
        new("organization.cycle", "The new parent lies below the organization that is to be moved.");
    public static readonly DomainError TooDeep =
        new("organization.too_deep", $"The tree may be at most {Organization.MaxDepth} levels deep.");
    public static readonly DomainError InUse =
        new("organization.in_use", "It has organizations below it, assessments, people, roles or API clients; close it instead of deleting it.");
    public static readonly DomainError IdentifierTaken =
        new("organization.identifier_taken", "Another organization has this outside id now; end it there first.");
    public static readonly DomainError IdentifierOverlaps =
        new("organization.identifier_overlaps", "An organization had this outside id in a part of that time already.");
    public static readonly DomainError IdentifierInFuture =
        new("organization.identifier_in_future", "The first and the last day of an outside id cannot lie in the future.");
    public static readonly DomainError IdentifierEnded = new("organization.identifier_ended", "The outside id has ended already.");
    public static readonly DomainError IdentifierEndsBeforeItBegins =
        new("organization.identifier_ends_before_it_begins", "The last day lies before the first.");
    public static readonly DomainError TooManyIdentifiers = new(
        "organization.too_many_identifiers", $"An organization has at most {OrganizationIdentifier.MaxPerOrganization} outside ids, ended ones counted.");
}
