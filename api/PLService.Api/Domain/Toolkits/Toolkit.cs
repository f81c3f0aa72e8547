namespace PLService.Api.Domain.Toolkits;

/// <summary>Where a toolkit version stands: a draft changes, a published one never, a retired one is begun by no further team.</summary>
public enum ToolkitVersionStatus
{
    Draft,
    Published,
    Retired,
}

/// <summary>An ordered set of tools that teams work through, in all its versions.</summary>
public sealed class Toolkit : TenantEntity, IInCatalog
{
    private Toolkit()
    {
    }

    /// <summary>Stable and unique within the tenant; the catalog's codes are the same for every tenant.</summary>
    public string Code { get; private init; } = "";

    /// <summary>JSON map of language tag to title, taken from the latest version.</summary>
    public string Title { get; private set; } = "{}";

    public static Toolkit Create(string code, string title) => new() { Code = code, Title = title };

    public void Retitle(string title) => Title = title;
}

/// <summary>One version of a toolkit: its tools as one document.</summary>
public sealed class ToolkitVersion : TenantEntity, IInCatalog
{
    private ToolkitVersion()
    {
    }

    public Guid ToolkitId { get; private init; }

    /// <summary>Unique within the toolkit: <c>1.0</c>.</summary>
    public string Label { get; private set; } = "";

    public ToolkitVersionStatus Status { get; private set; }

    /// <summary>The toolkit document as JSON.</summary>
    public string Document { get; private set; } = "";

    /// <summary>SHA-256 of the canonical document.</summary>
    public byte[] Sha256 { get; private set; } = [];

    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public static ToolkitVersion Create(Guid toolkitId, string label, string document, byte[] sha256) =>
        new() { ToolkitId = toolkitId, Label = label, Document = document, Sha256 = sha256 };

    public DomainError? Rewrite(string label, string document, byte[] sha256)
    {
        if (Status is not ToolkitVersionStatus.Draft)
            return ToolkitErrors.NotDraft;

        (Label, Document, Sha256) = (label, document, sha256);
        return null;
    }

    public DomainError? Publish(DateTimeOffset now)
    {
        if (Status is not ToolkitVersionStatus.Draft)
            return ToolkitErrors.NotDraft;

        (Status, PublishedAt) = (ToolkitVersionStatus.Published, now);
        return null;
    }

    public DomainError? Retire(DateTimeOffset now)
    {
        if (Status is not ToolkitVersionStatus.Published)
            return ToolkitErrors.NotPublished;

        (Status, RetiredAt) = (ToolkitVersionStatus.Retired, now);
        return null;
    }
}

public static class ToolkitErrors
{
    public static readonly DomainError NotDraft =
        new("toolkit.not_draft", "Only a draft can be changed, published or deleted; publish a new version instead.");
    public static readonly DomainError NotPublished = new("toolkit.not_published", "Only a published version can be retired.");
    public static readonly DomainError LabelTaken = new("toolkit.version_taken", "The toolkit has a version with this label already.");
    public static readonly DomainError CodeMismatch = new("toolkit.code_mismatch", "The document's code is not the code of the toolkit that it is a version of.");
    public static readonly DomainError IsCatalog = new("toolkit.is_catalog", "Catalog toolkits are read-only; import a copy under another code.");
    public static readonly DomainError UnknownFramework =
        new("toolkit.unknown_framework", "A field is repeated for the standards of a framework, and there is no such framework, or it has no standards.");
}
