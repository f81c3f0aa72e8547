namespace PLService.Api.Domain.Frameworks;

public static class FrameworkErrors
{
    public static readonly DomainError NotDraft = new("framework.not_draft", "Only a draft can be published or deleted.");
    public static readonly DomainError NotPublished = new("framework.not_published", "Only a published framework can be retired.");
    public static readonly DomainError IsRetired = new("framework.is_retired", "A retired framework is only read; copy it to go on with it.");
    public static readonly DomainError CodeTaken = new("framework.code_taken", "Another framework has this code.");
    public static readonly DomainError IsCatalog =
        new("framework.is_catalog", "Frameworks of the catalog are read-only; copy it under a code of your own.");
    public static readonly DomainError IsReferredTo =
        new("framework.is_referred_to", "Something refers to a standard of this framework; retire it instead of deleting it.");
}
