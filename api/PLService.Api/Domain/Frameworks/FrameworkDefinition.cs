namespace PLService.Api.Domain.Frameworks;

/// <summary>What a framework defines for its items and associations to refer to (CASE <c>CFDefinitions</c>).</summary>
public enum DefinitionKind
{
    Concept,
    Subject,
    License,
    ItemType,
    AssociationGrouping,
}

/// <summary>A concept, subject, licence, item type or association grouping. Publishers repeat the same one in each of their packages.</summary>
public sealed class FrameworkDefinition : IInCatalog
{
    private FrameworkDefinition()
    {
    }

    public Guid TenantId { get; private init; }
    public Guid FrameworkId { get; private init; }

    /// <summary>The CASE identifier.</summary>
    public Guid Id { get; private init; }

    public DefinitionKind Kind { get; private init; }
    public string Title { get; private set; } = "";

    /// <summary>Place among those of its kind, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>The CFConcept, CFSubject, CFLicense, CFItemType or CFAssociationGrouping of CASE 1.1 as JSON.</summary>
    public string Body { get; private set; } = "{}";

    public static FrameworkDefinition Create(Guid id, Guid frameworkId, DefinitionKind kind, int position, string title, string body) =>
        new() { Id = id, FrameworkId = frameworkId, Kind = kind, Position = position, Title = title, Body = body };

    /// <summary>Says it in other words; whatever refers to it goes on doing so.</summary>
    public void Rewrite(string title, string body) => (Title, Body) = (title, body);
}
