using System.Text.Json.Serialization;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>What ratings on a scale say. Figures that need ratings are null where there are none.</summary>
internal sealed record Measures
{
    /// <summary>Answers of any level, "don't know" included.</summary>
    public required int Answered { get; init; }

    /// <summary>Answers that carry a score; every figure but the distribution and the modes is computed on these.</summary>
    public required int N { get; init; }

    /// <summary>Every level in the order of the scale; null where items of several scales are put together.</summary>
    public IReadOnlyList<LevelShare>? Distribution { get; init; }

    /// <summary>Arithmetic mean of the scores.</summary>
    [JsonConverter(typeof(SixDecimals))]
    public double? Mean { get; init; }

    /// <summary>Median of the scores; the average of the two in the middle when their number is even.</summary>
    [JsonConverter(typeof(SixDecimals))]
    public double? Median { get; init; }

    /// <summary>Standard deviation of the scores over all who answered (divided by n, not n - 1: nobody is sampled).</summary>
    [JsonConverter(typeof(SixDecimals))]
    public double? StandardDeviation { get; init; }

    /// <summary>Share of the scored answers that are favorable, 0 to 1.</summary>
    [JsonConverter(typeof(SixDecimals))]
    public double? FavorableShare { get; init; }

    /// <summary>
    /// Points reached of the points that could be reached, 0 to 1: (mean - least score) / (greatest score - least score).
    /// </summary>
    [JsonConverter(typeof(SixDecimals))]
    public double? PointsShare { get; init; }

    /// <summary>
    /// Agreement of the scored answers, 0 (half at each end of the scale) to 1 (all the same): see <see cref="Consensus"/>.
    /// </summary>
    [JsonConverter(typeof(SixDecimals))]
    public double? Consensus { get; init; }

    /// <summary>Codes of the levels chosen most often, "don't know" included, in the order of the scale; several when they tie.</summary>
    public IReadOnlyList<string>? Modes { get; init; }

    /// <summary>Code of the scale's band that the mean falls in.</summary>
    public string? Band { get; init; }

    /// <summary>Measures of one scale's counts.</summary>
    /// <param name="counts">One count per level of the scale, in its order.</param>
    /// <param name="scale">The scale; least and greatest score are those of all its levels, also of levels that an item leaves out.</param>
    public static Measures Of(ReadOnlySpan<int> counts, Scale scale)
    {
        var levels = scale.Levels;
        if (counts.Length != levels.Count)
            throw new ArgumentException($"The scale {scale.Code} has {levels.Count} levels, not {counts.Length}.", nameof(counts));

        var answered = LevelCounts.Sum(counts);
        var scores = ScoredCounts.Of(counts, scale);
        var measures = new Measures
        {
            Answered = answered,
            N = scores.N,
            Distribution = Shares(counts, levels, answered),
            Modes = Most(counts, levels),
        };
        if (scores.N == 0)
            return measures;

        var mean = scores.Mean;
        return measures with
        {
            Mean = mean,
            Median = scores.Median(),
            StandardDeviation = scores.StandardDeviation(),
            FavorableShare = (double)scores.Favorable / scores.N,
            PointsShare = scores.Points / scores.N,
            Consensus = scores.Consensus(),
            Band = scale.BandOf(mean)?.Code,
        };
    }

    /// <summary>
    /// Measures of items put together. Of one scale: their counts are added. Of several scales: scores cannot be averaged, so that only
    /// n, favorable share and points share are given, each rating weighing the same.
    /// </summary>
    public static Measures Together(ReadOnlySpan<int> counts, IReadOnlyList<Element> elements)
    {
        var scales = elements.Select(element => element.Scale).Distinct(ReferenceEqualityComparer.Instance).Cast<Scale>().ToList();
        if (scales.Count == 1)
        {
            var sums = new int[scales[0].Levels.Count];
            foreach (var element in elements)
                LevelCounts.Add(sums, element.CountsIn(counts));

            return Of(sums, scales[0]);
        }

        var (answered, n, favorable, points) = (0, 0, 0, 0d);
        foreach (var element in elements)
        {
            var own = element.CountsIn(counts);
            var scores = ScoredCounts.Of(own, element.Scale);
            answered += LevelCounts.Sum(own);
            n += scores.N;
            favorable += scores.Favorable;
            points += scores.Points;
        }

        var together = new Measures { Answered = answered, N = n };
        return n == 0 ? together : together with { FavorableShare = (double)favorable / n, PointsShare = points / n };
    }

    private static LevelShare[] Shares(ReadOnlySpan<int> counts, IReadOnlyList<Level> levels, int answered)
    {
        var shares = new LevelShare[levels.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = new LevelShare(levels[i].Code, counts[i], answered == 0 ? null : (double)counts[i] / answered);

        return shares;
    }

    private static List<string>? Most(ReadOnlySpan<int> counts, IReadOnlyList<Level> levels)
    {
        var most = 0;
        foreach (var count in counts)
            most = Math.Max(most, count);

        if (most == 0)
            return null;

        var modes = new List<string>();
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == most)
                modes.Add(levels[i].Code);
        }

        return modes;
    }
}

/// <summary>How often one level was chosen.</summary>
/// <param name="Level">Code of the level.</param>
/// <param name="Count">Answers of this level.</param>
/// <param name="Share">Of all answers, "don't know" included, 0 to 1; null when nobody answered.</param>
internal sealed record LevelShare(string Level, int Count, [property: JsonConverter(typeof(SixDecimals))] double? Share);
