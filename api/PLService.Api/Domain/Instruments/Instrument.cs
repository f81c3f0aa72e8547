namespace PLService.Api.Domain.Instruments;

/// <summary>Where an instrument version stands: a draft changes, a published one never, a retired one starts no new assessment.</summary>
public enum InstrumentVersionStatus
{
    Draft,
    Published,
    Retired,
}

/// <summary>A self-assessment in all its versions.</summary>
public sealed class Instrument : TenantEntity, IInCatalog
{
    private Instrument()
    {
    }

    /// <summary>Stable and unique within the tenant; the catalog's codes are the same for every tenant.</summary>
    public string Code { get; private init; } = "";

    /// <summary>JSON map of language tag to title, taken from the latest version.</summary>
    public string Title { get; private set; } = "{}";

    public static Instrument Create(Guid id, string code, string title) => new() { Id = id, Code = code, Title = title };

    public void Retitle(string title) => Title = title;
}

/// <summary>One version of an instrument: sections, items, scales, thresholds and alignments as one document.</summary>
public sealed class InstrumentVersion : TenantEntity, IInCatalog
{
    private InstrumentVersion()
    {
    }

    public Guid InstrumentId { get; private init; }

    /// <summary>Unique within the instrument: <c>1.0</c>.</summary>
    public string Label { get; private set; } = "";

    public InstrumentVersionStatus Status { get; private set; }

    /// <summary>The instrument document as JSON.</summary>
    public string Document { get; private set; } = "";

    /// <summary>SHA-256 of the canonical document.</summary>
    public byte[] Sha256 { get; private set; } = [];

    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public static InstrumentVersion Create(Guid id, Guid instrumentId, string label, string document, byte[] sha256) =>
        new() { Id = id, InstrumentId = instrumentId, Label = label, Document = document, Sha256 = sha256 };

    public DomainError? Rewrite(string label, string document, byte[] sha256)
    {
        if (Status is not InstrumentVersionStatus.Draft)
            return InstrumentErrors.NotDraft;

        (Label, Document, Sha256) = (label, document, sha256);
        return null;
    }

    public DomainError? Publish(DateTimeOffset now)
    {
        if (Status is not InstrumentVersionStatus.Draft)
            return InstrumentErrors.NotDraft;

        (Status, PublishedAt) = (InstrumentVersionStatus.Published, now);
        return null;
    }

    public DomainError? Retire(DateTimeOffset now)
    {
        if (Status is not InstrumentVersionStatus.Published)
            return InstrumentErrors.NotPublished;

        (Status, RetiredAt) = (InstrumentVersionStatus.Retired, now);
        return null;
    }
}

public static class InstrumentErrors
{
    public static readonly DomainError NotDraft =
        new("instrument.not_draft", "Only a draft can be changed, published or deleted; publish a new version instead.");
    public static readonly DomainError NotPublished = new("instrument.not_published", "Only a published version can be retired.");
    public static readonly DomainError LabelTaken = new("instrument.version_taken", "The instrument has a version with this label already.");
    public static readonly DomainError CodeMismatch =
        new("instrument.code_mismatch", "The document's code is not the code of the instrument that it is a version of.");
    public static readonly DomainError IsCatalog =
        new("instrument.is_catalog", "Catalog instruments are read-only; import a copy under another code.");
}
