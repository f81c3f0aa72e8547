namespace PLService.Api.Domain.Frameworks;

/// <summary>
/// A typed link between two statements, or a statement and its framework: a CFAssociation of 1EdTech CASE. The tree of a framework is its
/// <c>isChildOf</c> links (origin is the child), a rename across frameworks is <c>replacedBy</c>, all others make up crosswalks.
/// </summary>
public sealed class StandardAssociation : IInCatalog
{
    private StandardAssociation()
    {
    }

    public Guid TenantId { get; private init; }

    /// <summary>The framework whose package it belongs to; an end may lie in another.</summary>
    public Guid FrameworkId { get; private init; }

    /// <summary>The CASE identifier.</summary>
    public Guid Id { get; private init; }

    /// <summary>See <see cref="AssociationTypes"/>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>CASE identifier of the origin; null when that is nothing of CASE.</summary>
    public Guid? OriginId { get; private set; }

    /// <summary>CASE identifier of the destination; null when that is nothing of CASE.</summary>
    public Guid? DestinationId { get; private set; }

    /// <summary>Order among siblings, least first; null when not said.</summary>
    public int? SequenceNumber { get; private set; }

    /// <summary>Place in the package, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>The CFAssociation of CASE 1.1 as JSON.</summary>
    public string Body { get; private set; } = "{}";

    public static StandardAssociation Create(
        Guid id, Guid frameworkId, int position, string type, Guid? originId, Guid? destinationId, int? sequenceNumber, string body) => new()
        {
            Id = id,
            FrameworkId = frameworkId,
            Position = position,
            Type = type,
            OriginId = originId,
            DestinationId = destinationId,
            SequenceNumber = sequenceNumber,
            Body = body,
        };

    /// <summary>Links other ends, or the same ones otherwise.</summary>
    public void Relink(string type, Guid? originId, Guid? destinationId, int? sequenceNumber, string body) =>
        (Type, OriginId, DestinationId, SequenceNumber, Body) = (type, originId, destinationId, sequenceNumber, body);
}

/// <summary>The association types of CASE 1.1; others begin with <c>ext:</c>.</summary>
public static class AssociationTypes
{
    public const string IsChildOf = "isChildOf";
    public const string IsPeerOf = "isPeerOf";
    public const string IsPartOf = "isPartOf";
    public const string ExactMatchOf = "exactMatchOf";
    public const string Precedes = "precedes";
    public const string IsRelatedTo = "isRelatedTo";
    public const string ReplacedBy = "replacedBy";
    public const string Exemplar = "exemplar";
    public const string HasSkillLevel = "hasSkillLevel";
    public const string IsTranslationOf = "isTranslationOf";

    /// <summary>All that have a meaning of their own.</summary>
    public static readonly IReadOnlyList<string> All =
        [IsChildOf, IsPeerOf, IsPartOf, ExactMatchOf, Precedes, IsRelatedTo, ReplacedBy, Exemplar, HasSkillLevel, IsTranslationOf];

    /// <summary>True for a type that CASE 1.1 admits (pattern of its JSON Schema).</summary>
    public static bool IsValid(string type) =>
        All.Contains(type) || (type.StartsWith("ext:", StringComparison.Ordinal) && type.Length > 4
            && type.AsSpan(4).IndexOfAnyExcept(ExtensionCharacters) < 0);

    private static readonly System.Buffers.SearchValues<char> ExtensionCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_|");
}
