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
    public static readonly DomainError TooManyStandards =
        new("framework.too_many_standards", "A framework has at most 100000 standards.");
}

public static class StandardErrors
{
    public static readonly DomainError UnknownParent =
        new("standard.unknown_parent", "The parent is no standard of this framework.");
    public static readonly DomainError Cycle = new("standard.cycle", "A standard cannot be moved below itself or below something that is below it.");
    public static readonly DomainError TooDeep = new("standard.too_deep", "A framework has at most 20 levels.");
    public static readonly DomainError SeveralParents =
        new("standard.several_parents", "The standard stands below several others; say in fromParentId which place it leaves.");
    public static readonly DomainError NotThere = new("standard.not_there", "The standard does not stand below fromParentId.");
    public static readonly DomainError NotDraft =
        new("standard.not_draft", "Only a standard of a draft can be deleted; let another replace it, or give it an end date.");
    public static readonly DomainError HasChildren = new("standard.has_children", "Other standards stand below it; move or delete those first.");
    public static readonly DomainError IsReferredTo =
        new("standard.is_referred_to", "Something refers to the standard; let another replace it instead of deleting it.");
    public static readonly DomainError UnknownReplacement =
        new("standard.unknown_replacement", "The standard that is to replace it does not exist, or you cannot read it.");
    public static readonly DomainError ReplacesItself =
        new("standard.replaces_itself", "A standard cannot be replaced by itself, nor by one that it replaces.");
    public static readonly DomainError EndsBeforeItBegins = new("standard.ends_before_it_begins", "The standard's last day would lie before its first.");
    public static readonly DomainError AlreadyReplaced = new("standard.already_replaced", "The standard is replaced by this one already.");
}

public static class AssociationErrors
{
    public static readonly DomainError UnknownFramework =
        new("association.unknown_framework", "There is no such framework to keep the link in, or you cannot read it.");
    public static readonly DomainError UnknownOrigin = new("association.unknown_origin", "The origin is no standard that you can read.");
    public static readonly DomainError UnknownDestination = new("association.unknown_destination", "The destination is no standard that you can read.");
    public static readonly DomainError LinksItself = new("association.links_itself", "A standard is not linked with itself.");
    public static readonly DomainError IsTree =
        new("association.is_tree", "isChildOf links make up the tree; move the standard instead.");
    public static readonly DomainError IsReplacement =
        new("association.is_replacement", "replacedBy also ends a standard; use POST /v1/standards/{id}/replace-by.");
    public static readonly DomainError Exists = new("association.exists", "The framework has this very link already.");
    public static readonly DomainError TooMany = new("association.too_many", "A framework keeps at most 500000 links.");
}
