namespace PLService.Api.Domain.People;

public static class PersonErrors
{
    public static readonly DomainError AlreadyDeactivated = new("person.already_deactivated", "The person is deactivated already.");
    public static readonly DomainError NotDeactivated = new("person.not_deactivated", "Only a deactivated person can be reactivated.");
    public static readonly DomainError EmailTaken = new("person.email_taken", "Another active person of the tenant has this e-mail address.");
    public static readonly DomainError NotYours = new(
        "person.not_yours", "The person belongs to an organization that you cannot reach; you only see it for the role that it has where you do.");
    public static readonly DomainError UnknownOrganization = new("person.unknown_organization", "No organization that you can reach has the id given as the person's.");
    public static readonly DomainError OrganizationRequired = new(
        "person.organization_required", "Say whose person it is; only who reaches the whole tenant can leave the organization out.");
    public static readonly DomainError BeyondYourReach = new(
        "person.beyond_your_reach", "The person has a role that you could not give, so that you cannot change who holds it or bring it back; somebody who could give it can.");
    public static readonly DomainError InUse = new(
        "person.in_use", "The person has done something in the service or has a way to sign in; deactivate the person instead of deleting it.");
    public static readonly DomainError IdentifierTaken = new("person.identifier_taken", "Another person has this outside id now; end it there first.");
    public static readonly DomainError IdentifierOverlaps = new("person.identifier_overlaps", "A person had this outside id in a part of that time already.");
    public static readonly DomainError IdentifierInFuture = new(
        "person.identifier_in_future", "The first and the last day of an outside id cannot lie in the future.");
    public static readonly DomainError IdentifierEnded = new("person.identifier_ended", "The outside id has ended already.");
    public static readonly DomainError IdentifierEndsBeforeItBegins = new("person.identifier_ends_before_it_begins", "The last day lies before the first.");
    public static readonly DomainError TooManyIdentifiers = new(
        "person.too_many_identifiers", $"A person has at most {PersonIdentifier.MaxPerPerson} outside ids, ended ones counted.");
}
