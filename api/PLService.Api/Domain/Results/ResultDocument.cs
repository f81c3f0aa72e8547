using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>What a closed assessment says. Frozen when it closes; every figure in it can be computed again from the tallies.</summary>
internal sealed record ResultDocument
{
    private static readonly JsonSerializerOptions CanonicalOptions = new(InstrumentJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Which rules computed it; raised whenever the same tallies would give other figures.</summary>
    public required string ScoringVersion { get; init; }

    /// <summary>Code of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Label of the instrument version.</summary>
    public required string InstrumentVersion { get; init; }

    /// <summary>SHA-256 of the instrument document that the ratings were given on.</summary>
    public required string InstrumentHash { get; init; }

    /// <summary>Figures that fewer people stand behind are withheld.</summary>
    public required int MinimumGroupSize { get; init; }

    /// <summary>Responses with at least one rating.</summary>
    public required int Responses { get; init; }

    /// <summary>Responses that were handed in; the others count as well.</summary>
    public int Submitted { get; init; }

    /// <summary>People behind the figures: those who answered one by one and those behind tallies.</summary>
    public required int Participants { get; init; }

    /// <summary>How many figures are withheld, and why.</summary>
    public required WithheldCount Withheld { get; init; }

    /// <summary>All people together.</summary>
    public required GroupResult Whole { get; init; }

    /// <summary>Each role, by its code. People without a role are only in the whole.</summary>
    public required IReadOnlyList<GroupResult> ByRole { get; init; }

    /// <summary>UTF-8 JSON that is the same for the same result: members in the order of this record, figures with six decimals.</summary>
    public byte[] ToCanonicalJson() => JsonSerializer.SerializeToUtf8Bytes(this, CanonicalOptions);

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/>, lower-case hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson()));

    /// <summary>Reads a frozen result, from its canonical JSON or with its members in any other order.</summary>
    /// <exception cref="JsonException">The text is not such a document.</exception>
    public static ResultDocument Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<ResultDocument>(utf8, CanonicalOptions) ?? throw new JsonException("The result document is null.");
}

/// <summary>Figures that are withheld: cells are an item, section or whole on one axis, of all people or of one role.</summary>
/// <param name="Cells">All of them.</param>
/// <param name="SmallGroup">Because too few people stand behind them.</param>
/// <param name="Complementary">Because a small group could be found by subtracting from them.</param>
internal sealed record WithheldCount(int Cells, int SmallGroup, int Complementary);

/// <summary>The result of all people or of one role.</summary>
internal sealed record GroupResult
{
    /// <summary>Code of the role; null for all people.</summary>
    public required string? Role { get; init; }

    /// <summary>Whether nothing is shown of the group as a whole.</summary>
    public required bool Withheld { get; init; }

    public required WithheldReason? Reason { get; init; }

    /// <summary>Responses of the group; null when it is withheld.</summary>
    public required int? Responses { get; init; }

    /// <summary>People of the group; null when it is withheld.</summary>
    public required int? Participants { get; init; }

    /// <summary>All items together, per axis.</summary>
    public required IReadOnlyList<CellResult> Axes { get; init; }

    /// <summary>The instrument's total threshold; null when it has none.</summary>
    public required TotalOutcome? Total { get; init; }

    /// <summary>The sections in document order, each with its items.</summary>
    public required IReadOnlyList<SectionResult> Sections { get; init; }

    /// <summary>Sections and items that meet the strength threshold, in document order.</summary>
    public required IReadOnlyList<Finding> Strengths { get; init; }

    /// <summary>Sections and items that meet the gap threshold, in document order.</summary>
    public required IReadOnlyList<Finding> Gaps { get; init; }
}

/// <summary>One section.</summary>
/// <param name="Code">Code of the section.</param>
/// <param name="Rank">Place among the sections, see <see cref="ItemResult"/>.</param>
/// <param name="Axes">Its items together, per axis that they use.</param>
/// <param name="Items">Its items.</param>
internal sealed record SectionResult(string Code, int? Rank, IReadOnlyList<CellResult> Axes, IReadOnlyList<ItemResult> Items);

/// <summary>One item.</summary>
/// <param name="Code">Code of the item.</param>
/// <param name="Rank">
/// Place among all items by the first axis of the instrument: 1 has the highest favorable share; of equal shares the higher mean, taken
/// as its part of the way from least to greatest score, goes first; equals share a place and the next one is skipped. Null where the
/// figures are withheld, nobody gave a score or the item does not use the axis.
/// </param>
/// <param name="Axes">Figures per axis that it uses.</param>
internal sealed record ItemResult(string Code, int? Rank, IReadOnlyList<CellResult> Axes);

/// <summary>The figures of an item, section or whole on one axis.</summary>
/// <param name="Axis">Code of the axis.</param>
/// <param name="Scale">Code of the scale; null where items of several scales are put together.</param>
/// <param name="Withheld">Whether the figures are kept back.</param>
/// <param name="Reason">Why; null when they are shown.</param>
/// <param name="Measures">The figures; null when they are kept back.</param>
internal sealed record CellResult(string Axis, string? Scale, bool Withheld, WithheldReason? Reason, Measures? Measures);

/// <summary>A strength or gap.</summary>
/// <param name="Section">Code of the section.</param>
/// <param name="Item">Code of the item; null for the section as a whole.</param>
/// <param name="DecidedBy">The conditions that held and made it one.</param>
internal sealed record Finding(string Section, string? Item, IReadOnlyList<DecidedCondition> DecidedBy);

/// <summary>Whether the whole instrument reaches its total threshold.</summary>
/// <param name="Condition">The threshold.</param>
/// <param name="Value">What was reached; null when it is withheld or cannot be computed.</param>
/// <param name="Met">Whether that is enough; null with the value.</param>
internal sealed record TotalOutcome(
    ThresholdCondition Condition,
    [property: JsonConverter(typeof(SixDecimals))] double? Value,
    bool? Met);
