namespace PLService.Api.Domain.Frameworks;

/// <summary>Where a framework stands: a draft changes freely, a published one keeps what was said under each name, a retired one is only read.</summary>
public enum FrameworkStatus
{
    Draft,
    Published,
    Retired,
}

/// <summary>A published set of standards: a CFDocument of 1EdTech CASE and all that belongs to it.</summary>
public sealed class Framework : TenantEntity, IInCatalog
{
    /// <summary>Longest title, in characters.</summary>
    public const int TitleMaxLength = 500;

    private Framework()
    {
    }

    /// <summary>Short name, stable and unique within the tenant: <c>ct-2015</c>. Instruments name the framework by it.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The title, as in the body.</summary>
    public string Title { get; private set; } = "";

    public FrameworkStatus Status { get; private set; }

    /// <summary>The CFDocument of CASE 1.1 as JSON, without links to its package.</summary>
    public string Body { get; private set; } = "{}";

    /// <summary>The <c>extensions</c> of the CFPackage; null when it has none.</summary>
    public string? PackageExtensions { get; private set; }

    /// <summary>The <c>extensions</c> of the CFDefinitions; null when they have none.</summary>
    public string? DefinitionExtensions { get; private set; }

    /// <summary>The framework that this one was copied from; null for an original.</summary>
    public Guid? DerivedFromId { get; private init; }

    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <param name="id">The CASE identifier.</param>
    /// <param name="code">Short name, unique within the tenant.</param>
    /// <param name="title">The title, as in <paramref name="body"/>.</param>
    /// <param name="body">The CFDocument.</param>
    /// <param name="derivedFromId">The framework that it is a copy of.</param>
    public static Framework Create(Guid id, string code, string title, string body, Guid? derivedFromId = null) =>
        new() { Id = id, Code = code, Title = title, Body = body, DerivedFromId = derivedFromId };

    /// <summary>Why its standards and links cannot be changed; null when they can.</summary>
    public DomainError? CheckChangeable() =>
        TenantId == Guid.Empty ? FrameworkErrors.IsCatalog : Status is FrameworkStatus.Retired ? FrameworkErrors.IsRetired : null;

    /// <summary>Says other things of the framework as a whole. A retired one stays as it was.</summary>
    public DomainError? Describe(string title, string body)
    {
        if (Status is FrameworkStatus.Retired)
            return FrameworkErrors.IsRetired;

        (Title, Body) = (title, body);
        return null;
    }

    /// <summary>Takes over what a package carries in its own extensions.</summary>
    public void Extend(string? package, string? definitions) => (PackageExtensions, DefinitionExtensions) = (package, definitions);

    public DomainError? Publish(DateTimeOffset now)
    {
        if (Status is not FrameworkStatus.Draft)
            return FrameworkErrors.NotDraft;

        (Status, PublishedAt) = (FrameworkStatus.Published, now);
        return null;
    }

    public DomainError? Retire(DateTimeOffset now)
    {
        if (Status is not FrameworkStatus.Published)
            return FrameworkErrors.NotPublished;

        (Status, RetiredAt) = (FrameworkStatus.Retired, now);
        return null;
    }
}
