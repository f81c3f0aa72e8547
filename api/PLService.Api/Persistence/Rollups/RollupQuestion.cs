using PLService.Api.Domain.Organizations;

namespace PLService.Api.Persistence.Rollups;

/// <summary>Whose roll-ups are read, seen from the organization that is asked about.</summary>
internal enum RollupScope
{
    /// <summary>Its own.</summary>
    Itself,

    /// <summary>A page of its children's.</summary>
    Children,

    /// <summary>Its own and those of the other children of its parent.</summary>
    Siblings,

    /// <summary>Its own and those of all organizations of its kind below another one.</summary>
    Kin,

    /// <summary>Those of its children, or of all organizations of one kind below it; with their names.</summary>
    Below,
}

/// <summary>What a report wants to know.</summary>
/// <param name="Instrument">Code of the instrument, all versions of it.</param>
/// <param name="Scope">Whose roll-ups.</param>
internal sealed record RollupQuestion(string Instrument, RollupScope Scope)
{
    /// <summary>The organization that is asked about; the caller's root, else the tenant's only root, when null.</summary>
    public Guid? OrganizationId { get; init; }

    /// <summary>One round; see <see cref="LatestRoundOnly"/> for what null is.</summary>
    public string? Round { get; init; }

    /// <summary>A second round, beside <see cref="Round"/>.</summary>
    public string? OtherRound { get; init; }

    /// <summary>Whether no round means the organization's latest one, and not all of them.</summary>
    public bool LatestRoundOnly { get; init; }

    /// <summary>One role; "" for all people.</summary>
    public string Role { get; init; } = "";

    /// <summary>The organization that kin are looked for below.</summary>
    public Guid? AmongId { get; init; }

    /// <summary>Of the organizations below it, only those of this kind, however far below; its children when null.</summary>
    public OrganizationKind? Kind { get; init; }

    /// <summary>Name and id of the last child of the page before.</summary>
    public (string Name, Guid Id)? After { get; init; }

    /// <summary>How many children to read.</summary>
    public int Take { get; init; }

    /// <summary>Whether to count all children.</summary>
    public bool CountChildren { get; init; }
}
