namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Why a package cannot be taken as things stand.</summary>
public static class CaseImportErrors
{
    public static readonly DomainError InCatalog =
        new("case.identifier_in_catalog", "An object of the package has the identifier of one in the catalog, which is read-only; give it an identifier of its own.");

    public static readonly DomainError Elsewhere =
        new("case.identifier_elsewhere", "An object of the package belongs to another framework of yours; import it into that one, or give it an identifier of its own.");

    public static readonly DomainError OtherCode =
        new("case.other_code", "The package's framework exists under another code, and codes never change; leave the code out.");
}
