namespace PLService.Api.Domain.AccessRequests;

public static class AccessRequestErrors
{
    public static readonly DomainError NotTaken = new("access_request.not_taken", "The tenant takes no requests from people who are not known here; ask for an invitation.");
    public static readonly DomainError UnknownOrganization = new("access_request.unknown_organization", "There is no organization with this id.");
    public static readonly DomainError OrganizationClosed = new("access_request.organization_closed", "The organization is closed.");
    public static readonly DomainError AlreadyOpen = new("access_request.already_open", "You have asked for this role there already; wait for the answer, or withdraw that request first.");
    public static readonly DomainError AlreadyMember = new("access_request.already_member", "You have this role there already.");
    public static readonly DomainError TooMany = new(
        "access_request.too_many", $"You have {AccessRequest.MaxOpen} open requests, or made {AccessRequest.MaxPerDay} within a day; wait for the answers.");
    public static readonly DomainError Decided = new("access_request.decided", "The request is not open any more: it was granted, refused or withdrawn.");
    public static readonly DomainError PersonDeactivated = new("access_request.person_deactivated", "The person is deactivated: reactivate the person first.");
    public static readonly DomainError AddressTaken = new(
        "access_request.address_taken",
        "A person of the tenant has the asker's address. If it is the same person, grant again with that person's id as personId; if not, change the address of the person first.");
    public static readonly DomainError UnknownPerson = new(
        "access_request.unknown_person", "No active person of yours has the id given as personId, or the asker is known as another person already.");
    public static readonly DomainError PersonBeyondYourReach = new(
        "access_request.person_beyond_your_reach", "The person has roles that you could not give, so that you cannot decide who signs in as that person.");
}
