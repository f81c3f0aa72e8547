namespace PLService.Api.Domain.Frameworks;

/// <summary>
/// Something that refers to a standard: an item of an instrument, a tool of a toolkit. Whoever holds a document with such references
/// replaces its rows when the document changes, and a standard's page reads them all at once.
/// </summary>
public sealed class StandardReference : IInCatalog
{
    public Guid TenantId { get; private init; }

    /// <summary>Code of the framework.</summary>
    public required string FrameworkCode { get; init; }

    /// <summary>Code of the standard, or its identifier where it has no code.</summary>
    public required string StandardCode { get; init; }

    /// <summary>What refers, in the words of the audit trail: <c>instrument</c>.</summary>
    public required string ResourceType { get; init; }

    public required Guid ResourceId { get; init; }

    /// <summary>Which part of it refers: <c>VIS.1</c>; empty for the whole.</summary>
    public required string Part { get; init; }

    /// <summary>A type of <see cref="AssociationTypes"/>.</summary>
    public required string Relation { get; init; }

    /// <summary>What the resource is called, for people.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is read: <c>/v1/instruments/plsr/versions/1.0</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Whose it is: who cannot reach that organization does not see the reference. Null for what the whole tenant reads.</summary>
    public Guid? OrganizationId { get; init; }
}
