using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Results;

/// <summary>The counts of a scale's scored levels, least score first, and the arithmetic on them.</summary>
internal readonly struct ScoredCounts
{
    private readonly (double Score, int Count)[] scores;
    private readonly double least;
    private readonly double range;

    private ScoredCounts((double Score, int Count)[] scores, double least, double range, int favorable)
    {
        (this.scores, this.least, this.range, Favorable) = (scores, least, range, favorable);
        foreach (var (score, count) in scores)
        {
            N += count;
            Total += score * count;
        }
    }

    /// <summary>Answers with a score.</summary>
    public int N { get; }

    /// <summary>Answers of favorable levels.</summary>
    public int Favorable { get; }

    public double Mean => Total / N;

    /// <summary>Sum over the answers of the part of the way from the least to the greatest score, 0 to n.</summary>
    public double Points => (Total - (N * least)) / range;

    private double Total { get; }

    public static ScoredCounts Of(ReadOnlySpan<int> counts, Scale scale)
    {
        var levels = scale.Levels;
        var given = new List<(double Score, int Count)>();
        var (least, greatest, favorable) = (double.MaxValue, double.MinValue, 0);
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels[i].Score is not { } score)
                continue;

            least = Math.Min(least, score);
            greatest = Math.Max(greatest, score);
            favorable += levels[i].Favorable ? counts[i] : 0;
            if (counts[i] > 0)
                given.Add((score, counts[i]));
        }

        given.Sort((a, b) => a.Score.CompareTo(b.Score));
        return new ScoredCounts([.. given], least, greatest - least, favorable);
    }

    public double Median() => (ScoreAt((N - 1) / 2) + ScoreAt(N / 2)) / 2;

    public double StandardDeviation()
    {
        var (mean, squares) = (Mean, 0d);
        foreach (var (score, count) in scores)
            squares += count * (score - mean) * (score - mean);

        return Math.Sqrt(squares / N);
    }

    /// <summary>
    /// Cns(X) = 1 + sum over the levels of p_i log2(1 - |X_i - mean| / d), where p_i is the share and X_i the score of level i and d the
    /// range of the scale's scores. Tastle, W. J., and Wierman, M. J. (2007). Consensus and dissention: A measure of ordinal
    /// dispersion. International Journal of Approximate Reasoning, 45(3), 531-545.
    /// </summary>
    public double Consensus()
    {
        // One score alone is agreement; its mean may differ from it in the last bit.
        if (scores.Length == 1)
            return 1;

        var (mean, sum) = (Mean, 1d);
        foreach (var (score, count) in scores)
            sum += (double)count / N * Math.Log2(1 - (Math.Abs(score - mean) / range));

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>The score at a place when all answers are lined up from least to greatest.</summary>
    private double ScoreAt(int place)
    {
        foreach (var (score, count) in scores)
        {
            if (place < count)
                return score;

            place -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(place));
    }
}
