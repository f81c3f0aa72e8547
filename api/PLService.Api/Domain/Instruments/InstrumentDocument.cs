using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Instruments;

/// <summary>
/// An instrument version as it is imported, exported and stored: sections with items, the scales that rate them, thresholds.
/// Anything can be read into it; <see cref="InstrumentCheck"/> says whether it makes sense.
/// </summary>
/// <remarks>Lists and maps are compared by reference; compare documents with <see cref="InstrumentHash"/>.</remarks>
internal sealed record InstrumentDocument
{
    /// <summary>Stable name of the instrument over all its versions, such as <c>plsr</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Label of this version, unique within the instrument, such as <c>1.0</c>.</summary>
    public required string Version { get; init; }

    public required Text Title { get; init; }

    public Text? Description { get; init; }

    /// <summary>Who wrote it.</summary>
    public string? Source { get; init; }

    /// <summary>Year of publication.</summary>
    public int? Year { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public string? Licence { get; init; }

    /// <summary>What the figures may and may not be used for, shown beside every result.</summary>
    public Text? ValidityNote { get; init; }

    /// <summary>
    /// Marks that a participant gives to one item on one axis: 1 for a rating; null for as many as a participant likes (dot posters).
    /// Anything but 1 is collected as tallies only, because marks can then not be traced to people.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? MarksPerParticipant { get; init; }

    /// <summary>The scales that axes and items refer to, 20 at most.</summary>
    public required IReadOnlyList<Scale> Scales { get; init; }

    /// <summary>What is asked of each item; the first axis is the one that results, strengths and gaps lead with.</summary>
    public required IReadOnlyList<Axis> Axes { get; init; }

    /// <summary>When the first axis makes an item or section a strength or a gap.</summary>
    public Thresholds? Thresholds { get; init; }

    /// <summary>Sections in the order in which participants meet them, 100 at most.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>Whether people answer item by item; otherwise only tallies can be entered.</summary>
    [JsonIgnore]
    public bool TakesResponses => MarksPerParticipant == 1;
}

/// <summary>One question asked of the items, with the scale that answers it.</summary>
internal sealed record Axis
{
    /// <summary>Unique within the instrument: <c>status</c>, <c>priority</c>.</summary>
    public required string Code { get; init; }

    public required Text Title { get; init; }

    /// <summary>Code of the scale, unless an item names another.</summary>
    public required string Scale { get; init; }
}

/// <summary>Items that belong together: a poster, a category, a sub-scale.</summary>
internal sealed record Section
{
    /// <summary>Unique within the instrument, stable over its versions.</summary>
    public required string Code { get; init; }

    public required Text Title { get; init; }

    public Text? Description { get; init; }

    /// <summary>What to talk about once the section is rated.</summary>
    public Text? Prompt { get; init; }

    /// <summary>Code of a heading above sections: an area of a rubric, the role that a map is for.</summary>
    public string? Group { get; init; }

    /// <summary>Its items in order; all sections together have 500 at most.</summary>
    public required IReadOnlyList<Item> Items { get; init; }
}

/// <summary>One statement, practice or question that is rated.</summary>
internal sealed record Item
{
    /// <summary>Stable over versions of the instrument: the same code is the same item in a trend.</summary>
    public required string Code { get; init; }

    public required Text Text { get; init; }

    public Text? Guidance { get; init; }

    /// <summary>The role whose practice the item describes.</summary>
    public string? Role { get; init; }

    /// <summary>Axis code to scale code, where this item does not take the scale of the axis.</summary>
    public IReadOnlyDictionary<string, string>? Scales { get; init; }

    /// <summary>Codes of the axes that this item uses; all of them when absent.</summary>
    public IReadOnlyList<string>? Axes { get; init; }

    /// <summary>Axis code to level code to what the level means for this item.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Text>>? Descriptors { get; init; }

    /// <summary>Axis code to codes of levels that this item does not offer.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? EmptyLevels { get; init; }

    /// <summary>Standards that the item speaks to.</summary>
    public IReadOnlyList<Alignment>? Alignments { get; init; }
}

/// <summary>An association of an item with a statement of a framework, typed as in 1EdTech CASE.</summary>
internal sealed record Alignment
{
    /// <summary>Code of the framework, such as <c>pl-components</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>Code of the statement in it.</summary>
    public required string Code { get; init; }

    /// <summary>A CASE association type such as <c>isRelatedTo</c>, or <c>ext:</c> and a name of one's own.</summary>
    public required string Type { get; init; }
}
