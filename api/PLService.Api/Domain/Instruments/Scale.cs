using System.Globalization;
using System.Text.Json.Serialization;

namespace PLService.Api.Domain.Instruments;

/// <summary>In which order a scale lists its levels. Scores always say more is better.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScaleDirection>))]
internal enum ScaleDirection
{
    [JsonStringEnumMemberName("bestFirst")]
    BestFirst,

    [JsonStringEnumMemberName("bestLast")]
    BestLast,
}

/// <summary>The ordered answers that an item admits.</summary>
internal sealed record Scale
{
    private readonly IReadOnlyList<Level> numericLevels = [];

    /// <summary>Unique within the instrument.</summary>
    public required string Code { get; init; }

    public required Text Title { get; init; }

    public required ScaleDirection Direction { get; init; }

    /// <summary>The levels as written in the document; null where <see cref="Numeric"/> makes them.</summary>
    [JsonPropertyName("levels")]
    public IReadOnlyList<Level>? WrittenLevels { get; init; }

    /// <summary>A range of numbers instead of written levels.</summary>
    public NumericRange? Numeric
    {
        get;
        init
        {
            field = value;
            numericLevels = value?.Levels() ?? [];
        }
    }

    /// <summary>Names for stretches of the mean score.</summary>
    public IReadOnlyList<Band>? Bands { get; init; }

    /// <summary>
    /// The levels in the order of the document, written or made from the numbers (least number first). A level's place in it is
    /// its ordinal. Empty for a numeric range that <see cref="InstrumentCheck"/> refuses.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<Level> Levels
    {
        get => WrittenLevels ?? numericLevels;
        init => WrittenLevels = value;
    }

    /// <summary>The band that a mean score falls in; null where the scale has none or the mean lies below the first.</summary>
    public Band? BandOf(double mean)
    {
        Band? found = null;
        foreach (var band in Bands ?? [])
        {
            if (mean >= band.From)
            {
                found = band;
            }
        }

        return found;
    }
}

/// <summary>One answer of a scale.</summary>
internal sealed record Level
{
    /// <summary>Unique within the scale, stable over versions: <c>green</c>.</summary>
    public required string Code { get; init; }

    public required Text Label { get; init; }

    public Text? Description { get; init; }

    /// <summary>Colour as <c>#RRGGBB</c>; never the only sign, see <see cref="Shape"/>.</summary>
    public string? Colour { get; init; }

    /// <summary>Shape that tells the level apart without colour.</summary>
    public string? Shape { get; init; }

    /// <summary>Points, more is better; null for "not applicable" or "don't know": counted in the distribution, never in scores.</summary>
    public double? Score { get; init; }

    /// <summary>Whether the level counts towards the favorable share.</summary>
    public bool Favorable { get; init; }

    /// <summary>Whether a rating of this level is complete only with a comment.</summary>
    public bool CommentRequired { get; init; }
}

/// <summary>A stretch of the mean score with a name. It reaches up to the next band's start; the last one includes its end.</summary>
internal sealed record Band
{
    /// <summary>Unique within the scale.</summary>
    public required string Code { get; init; }

    public required Text Label { get; init; }

    /// <summary>Least mean that belongs to the band.</summary>
    public required double From { get; init; }

    /// <summary>Greatest score that the band names. A mean between this and the next band's start still belongs to this band.</summary>
    public required double To { get; init; }
}

/// <summary>Levels made from numbers: code, label and score are the number. More is better.</summary>
internal sealed record NumericRange
{
    /// <summary>The lowest score, 0 or more.</summary>
    public required double Min { get; init; }

    /// <summary>The highest score.</summary>
    public required double Max { get; init; }

    /// <summary>The distance from one score to the next.</summary>
    public required double Step { get; init; }

    /// <summary>Least number that counts as favorable; none does when absent.</summary>
    public double? FavorableFrom { get; init; }

    /// <summary>The levels from least to greatest; none when the range makes no sense or asks for too many.</summary>
    internal IReadOnlyList<Level> Levels()
    {
        const double largest = 1_000_000;
        if (!(Min >= 0 && Max > Min && Max <= largest && Step > 0 && (Max - Min) / Step <= InstrumentLimits.LevelsPerScale - 1 + 1e-6))
        {
            return [];
        }

        // Decimal arithmetic, so that steps of 0.1 give the codes 0.1, 0.2, 0.3 and not 0.30000000000000004.
        var (min, max, step) = ((decimal)Min, (decimal)Max, (decimal)Step);
        if (step <= 0 || (max - min) % step != 0)
        {
            return [];
        }

        var levels = new List<Level>();
        for (var number = min; number <= max; number += step)
        {
            var code = (number / 1.000000000000000000m).ToString(CultureInfo.InvariantCulture);
            levels.Add(new Level
            {
                Code = code,
                Label = Text.En(code),
                Score = (double)number,
                Favorable = FavorableFrom is { } least && (double)number >= least,
            });
        }

        return levels;
    }
}
