namespace PLService.Api.Domain.Plans;

/// <summary>A form that plans are held against: one of the catalog, or one that the tenant wrote.</summary>
public sealed class PlanForm : TenantEntity, IInCatalog
{
    private PlanForm()
    {
    }

    /// <summary>Stable and unique within the tenant; the catalog's codes are the same for every tenant.</summary>
    public string Code { get; private init; } = "";

    /// <summary>JSON map of language tag to title.</summary>
    public string Title { get; private set; } = "{}";

    /// <summary>JSON of <see cref="PlanFormDocument"/>.</summary>
    public string Document { get; private set; } = "{}";

    internal static PlanForm Create(PlanFormDocument document)
    {
        var form = new PlanForm { Code = document.Code };
        form.Rewrite(document);
        return form;
    }

    internal void Rewrite(PlanFormDocument document) => (Title, Document) = (PlanJson.Write(document.Title), PlanJson.Write(document));
}

public static class PlanFormErrors
{
    public static readonly DomainError IsCatalog = new("plan_form.is_catalog", "Catalog forms are read-only; write one of your own under another code.");
    public static readonly DomainError CodeTaken = new("plan_form.code_taken", "The tenant has a form with this code already.");
    public static readonly DomainError CodeMismatch = new("plan_form.code_mismatch", "The document's code is not the code of the form that it replaces.");
    public static readonly DomainError TooMany = new("plan_form.too_many", "The tenant has as many forms as it may have.");
}
