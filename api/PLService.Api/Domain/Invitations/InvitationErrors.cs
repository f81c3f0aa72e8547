namespace PLService.Api.Domain.Invitations;

/// <summary>Why an invitation is not accepted, sent or taken back.</summary>
public static class InvitationErrors
{
    public static readonly DomainError BadLink = new("invitation.bad_link", "The link is none of ours, or was replaced by a newer one: use the latest, or ask for a new one.");
    public static readonly DomainError Expired = new("invitation.expired", "The invitation has expired; ask whoever invited you to send it again.");
    public static readonly DomainError Revoked = new("invitation.revoked", "The invitation was taken back.");
    public static readonly DomainError Accepted = new("invitation.accepted", "The invitation was accepted already.");
    public static readonly DomainError PersonDeactivated = new("invitation.person_deactivated", "The person who is invited is deactivated: an admin has to reactivate the person first.");
    public static readonly DomainError OrganizationClosed = new("invitation.organization_closed", "The organization was closed.");
    public static readonly DomainError ForSomebodyElse = new(
        "invitation.for_somebody_else", "You are signed in as somebody else: sign out first, or sign in as the person who is invited.");
    public static readonly DomainError SignInFirst = new(
        "invitation.sign_in_first", "Whoever is invited signs in to the service already: sign in as before, and accept the invitation then.");
    public static readonly DomainError RolesChanged = new(
        "invitation.roles_changed", "The person was given roles after the link was made, which whoever handed it over might get by it: ask for a new link, or for one by mail.");
    public static readonly DomainError BeyondYourReach = new(
        "invitation.beyond_your_reach",
        "You can invite, and take invitations back, only for roles that you could give. A link that you hand over yourself opens all that the person may do: for somebody who is not of yours, or may do more than you, have it sent by mail.");
    public static readonly DomainError SentTooOften = new(
        "invitation.sent_too_often", $"The invitation was sent {Invitation.MaxSentPerDay} times within a day; wait until tomorrow.");
    public static readonly DomainError NoEmail = new("invitation.no_email", "The person has no e-mail address any more; give it one, or hand a link over.");
    public static readonly DomainError Taken = new("invitation.taken", "Somebody else added the same person at this moment; send the request again.");
}

/// <summary>What can be wrong with an entry of a list of invitations.</summary>
public static class InvitationFaults
{
    public static readonly DomainError UnknownOrganization = new("invitation.unknown_organization", "No organization that you can reach has this id.");
    public static readonly DomainError OrganizationClosed = new("invitation.closed_organization", "The organization is closed.");
    public static readonly DomainError RoleBeyondYourReach = new(
        "invitation.role_beyond_your_reach",
        "You can invite only where you reach, and only to roles that allow nothing there that you may not do yourself; to the whole tenant, that is without an organization, only if you reach all of it.");
    public static readonly DomainError PersonBeyondYourReach = new(
        "invitation.person_beyond_your_reach", "A link that you hand over opens all that the person may do, and this one is not of your organizations, or may do more than you: deliver by mail.");
    public static readonly DomainError Duplicate = new("invitation.duplicate", "An earlier entry invites the same address to the same role in the same place. Keep one of them.");
    public static readonly DomainError DeactivatedPerson = new("invitation.deactivated_person", "A person with this address is deactivated: reactivate the person first.");
    public static readonly DomainError TooManyOfPerson = new(
        "invitation.too_many_of_person", $"A person has at most {Invitation.MaxPendingPerPerson} pending invitations, and 100 memberships together with them.");
    public static readonly DomainError SentTooOften = new("invitation.too_often", $"This invitation was sent {Invitation.MaxSentPerDay} times within a day; leave it out until tomorrow.");
    public static readonly DomainError BadExpiry = new(
        "invitation.bad_expiry", $"An invitation is good for an hour at least and for {Invitation.MaxDays} days at most.");
    public static readonly DomainError RoleHasEnded = new("invitation.role_has_ended", "The last day of the role lies in the past.");
    public static readonly DomainError PasswordNotTaken = new(
        "invitation.password_not_taken", "Whoever is signed in accepts as who they are: leave the password out, or send no token.");
}
