using System.Text.Json.Serialization;
using PLService.Api.Domain.Results;

namespace PLService.Api.Domain.Priorities;

/// <summary>What a team says of a priority.</summary>
internal record PriorityContent
{
    public const int TitleMaxLength = 300;
    public const int ReasonMaxLength = 5_000;
    public const int TargetWordsMaxLength = 500;

    /// <summary>What it is called, 300 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>Why it is one, 5,000 characters at most.</summary>
    public string? Reason { get; init; }

    /// <summary>The level that is wanted.</summary>
    public PriorityTarget? Target { get; init; }

    /// <summary>The content alone, without what a request or an answer adds to it.</summary>
    internal PriorityContent Alone() => new(this);
}

/// <summary>A level that is wanted, in one way or in several.</summary>
/// <param name="FavorableShare">Share of favorable answers, 0 to 1.</param>
/// <param name="Mean">Mean of the scores.</param>
/// <param name="Level">Code of the level that most are to be at.</param>
/// <param name="Words">The target in words, 500 characters at most.</param>
internal sealed record PriorityTarget(double? FavorableShare = null, double? Mean = null, string? Level = null, string? Words = null);

/// <summary>What an item said when the assessment closed, on the instrument's first axis.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Section">Code of its section.</param>
/// <param name="IsGap">Whether the instrument's rules make it a gap.</param>
/// <param name="Withheld">Why figures are withheld; null when they are shown.</param>
/// <param name="N">Answers that carry a score; null when they are withheld, or the item is not asked on that axis.</param>
/// <param name="FavorableShare">Share of favorable answers, 0 to 1.</param>
/// <param name="Mean">Mean of the scores.</param>
/// <param name="Median">Median of the scores.</param>
/// <param name="Distribution">Every level in the order of the scale.</param>
/// <param name="DecidedBy">The conditions that made it a gap.</param>
internal sealed record PriorityLevel(
    string Item,
    string Section,
    bool IsGap,
    WithheldReason? Withheld = null,
    int? N = null,
    [property: JsonConverter(typeof(SixDecimals))] double? FavorableShare = null,
    [property: JsonConverter(typeof(SixDecimals))] double? Mean = null,
    [property: JsonConverter(typeof(SixDecimals))] double? Median = null,
    IReadOnlyList<LevelShare>? Distribution = null,
    IReadOnlyList<DecidedCondition>? DecidedBy = null)
{
    /// <summary>
    /// Favorable share of items together, each answer weighing the same, of those whose figures are shown; null where none is.
    /// </summary>
    public static double? FavorableShareOf(IReadOnlyCollection<PriorityLevel> levels)
    {
        var shown = levels.Where(level => level is { FavorableShare: not null, N: > 0 }).ToList();
        return shown.Count == 0 ? null : SixDecimals.Of(shown.Sum(level => level.FavorableShare!.Value * level.N!.Value) / shown.Sum(level => level.N!.Value));
    }
}
