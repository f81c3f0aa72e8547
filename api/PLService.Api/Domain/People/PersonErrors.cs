namespace PLService.Api.Domain.People;

public static class PersonErrors
{
    public static readonly DomainError AlreadyDeactivated = new("person.already_deactivated", "The person is deactivated already.");
    public static readonly DomainError NotDeactivated = new("person.not_deactivated", "Only a deactivated person can be reactivated.");
    public static readonly DomainError EmailTaken = new("person.email_taken", "Another active person of the tenant has this e-mail address.");
    public static readonly DomainError EndsBeforeItStarts = new("membership.ends_before_it_starts", "The last day lies before the first.");
}
