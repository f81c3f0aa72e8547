namespace PLService.Api.Domain.People;

public static class MembershipErrors
{
    public static readonly DomainError EndsBeforeItStarts = new("membership.ends_before_it_starts", "The last day lies before the first.");
    public static readonly DomainError BeyondYourReach = new(
        "membership.beyond_your_reach",
        "You can give, change and end roles only in organizations that you reach, and only those that allow nothing there that you may not do yourself.");
    public static readonly DomainError Exists = new("membership.exists", "The person has this role there already; change its dates instead.");
    public static readonly DomainError LastAdmin = new(
        "membership.last_admin", "This is the last person who administers the whole tenant; give that role to somebody else first.");
    public static readonly DomainError TooMany = new("membership.too_many", $"A person has at most {Person.MaxMemberships} memberships, ended ones counted.");
}
