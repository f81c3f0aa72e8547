namespace PLService.Api.Domain.Frameworks;

/// <summary>One statement of a framework: a CFItem of 1EdTech CASE. Its id never changes; what it is called may.</summary>
public sealed class Standard : TenantEntity, IInCatalog
{
    private Standard()
    {
    }

    public Guid FrameworkId { get; private init; }

    /// <summary>How people cite it (CASE <c>humanCodingScheme</c>): <c>LEA</c>; null when it has no code.</summary>
    public string? Code { get; private set; }

    /// <summary>The whole text (CASE <c>fullStatement</c>).</summary>
    public string Statement { get; private set; } = "";

    /// <summary>A short form (CASE <c>abbreviatedStatement</c>): <c>Leadership</c>; null when it has none.</summary>
    public string? Label { get; private set; }

    /// <summary>What kind of statement it is (CASE <c>CFItemType</c>): <c>Standard</c>; null when not said.</summary>
    public string? ItemType { get; private set; }

    /// <summary>Place in the package, from 0: the order of items that no association orders.</summary>
    public int Position { get; private set; }

    /// <summary>The CFItem of CASE 1.1 as JSON, without its links to document and package.</summary>
    public string Body { get; private set; } = "{}";

    /// <param name="id">The CASE identifier.</param>
    /// <param name="frameworkId">The framework that it is a statement of.</param>
    /// <param name="position">Place in the package.</param>
    /// <param name="wording">What it is called.</param>
    /// <param name="itemType">What kind of statement it is.</param>
    /// <param name="body">The CFItem, which says the same.</param>
    public static Standard Create(Guid id, Guid frameworkId, int position, StandardWording wording, string? itemType, string body) => new()
    {
        Id = id,
        FrameworkId = frameworkId,
        Position = position,
        Code = wording.Code,
        Statement = wording.Statement,
        Label = wording.Label,
        ItemType = itemType,
        Body = body,
    };

    /// <summary>What it is called now.</summary>
    public StandardWording Wording => new(Code, Statement, Label);

    /// <summary>
    /// Gives it another wording. When the framework is published and people may have cited the old one, that is returned, to be kept.
    /// </summary>
    /// <param name="wording">What it is called from now on.</param>
    /// <param name="itemType">What kind of statement it is.</param>
    /// <param name="body">The CFItem, which says the same.</param>
    /// <param name="status">Where its framework stands.</param>
    /// <param name="today">The first day of the new wording.</param>
    /// <param name="since">The first day of the old one; null when that was the first wording of all.</param>
    public StandardName? Reword(StandardWording wording, string? itemType, string body, FrameworkStatus status, DateOnly today, DateOnly? since = null)
    {
        var former = status is not FrameworkStatus.Draft && wording != Wording ? StandardName.Of(this, today, since) : null;
        (Code, Statement, Label, ItemType, Body) = (wording.Code, wording.Statement, wording.Label, itemType, body);
        return former;
    }

    /// <summary>Says other things of it that are no part of its name: its dates, its notes.</summary>
    public void Annotate(string body) => Body = body;

    /// <summary>Puts it at another place of the package.</summary>
    public void Place(int position) => Position = position;
}

/// <summary>What a standard is called.</summary>
/// <param name="Code">How people cite it; null when it has no code.</param>
/// <param name="Statement">The whole text.</param>
/// <param name="Label">A short form; null when it has none.</param>
public readonly record struct StandardWording(string? Code, string Statement, string? Label);

/// <summary>What a standard was called before, so that what was said under the old name is still understood.</summary>
public sealed class StandardName : IInCatalog
{
    private StandardName()
    {
    }

    public Guid TenantId { get; private init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid StandardId { get; private init; }
    public string? Code { get; private init; }
    public string Statement { get; private init; } = "";
    public string? Label { get; private init; }

    /// <summary>First day of the name; null when it was the first one.</summary>
    public DateOnly? ValidFrom { get; private init; }

    /// <summary>The day from which another name holds, UTC.</summary>
    public DateOnly ValidTo { get; private init; }

    internal static StandardName Of(Standard standard, DateOnly until, DateOnly? from = null) => new()
    {
        StandardId = standard.Id,
        Code = standard.Code,
        Statement = standard.Statement,
        Label = standard.Label,
        ValidFrom = from,
        ValidTo = until,
    };
}
