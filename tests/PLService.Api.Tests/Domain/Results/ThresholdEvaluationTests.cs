using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Tests.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Results;

public sealed class ThresholdEvaluationTests
{
    [Theory]
    [InlineData(ThresholdMeasure.LevelShare, 0.7)] // 7 of 10 answers with a score; two do not know
    [InlineData(ThresholdMeasure.FavorableShare, 0.7)]
    [InlineData(ThresholdMeasure.PointsShare, 0.8)]
    [InlineData(ThresholdMeasure.Mean, 1.6)]
    [InlineData(ThresholdMeasure.Median, 2)]
    internal void Each_measure_is_the_one_that_results_show(ThresholdMeasure measure, double value)
    {
        var condition = new ThresholdCondition { Measure = measure, Levels = measure == ThresholdMeasure.LevelShare ? ["green"] : null };

        Assert.Equal(value, ThresholdEvaluation.Value(condition, Measures.Of([7, 2, 1, 2], Sample.Dots))!.Value, 6);
    }

    [Fact]
    public void What_is_judged_without_measures_is_judged_as_with_them()
    {
        var random = new Random(17);
        var scales = new[] { Sample.Dots, Sample.Points("three", 3), Sample.Points("five", 5) };
        var met = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var scale = scales[i % scales.Length];
            var counts = scale.Levels.Select(_ => random.Next(6) * random.Next(2)).ToArray();
            var conditions = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (ThresholdMeasure)random.Next(5)).Select(measure => new ThresholdCondition
            {
                Measure = measure,
                Levels = measure is ThresholdMeasure.LevelShare ? [scales[random.Next(scales.Length)].Levels[0].Code, "green"] : null,
                AtLeast = random.Next(2) == 0 ? random.NextDouble() * 3 : null,
                Below = random.Next(2) == 0 ? random.NextDouble() * 3 : null,
            }).ToList();
            var rule = new ThresholdRule { Match = (ThresholdMatch)random.Next(2), Conditions = conditions };

            var expected = ThresholdEvaluation.Decide(rule, Measures.Of(counts, scale)) is not null;
            Assert.Equal(expected, ThresholdEvaluation.Meets(rule, counts, scale, ScoredCounts.Of(counts, scale)));
            met += expected ? 1 : 0;
        }

        Assert.InRange(met, 200, 1_800);
    }

    [Fact]
    public void Bounds_include_or_exclude_their_value_as_they_say()
    {
        Assert.Equal([false, true, true], Held(new ThresholdCondition { Measure = ThresholdMeasure.Mean, AtLeast = 2 }));
        Assert.Equal([false, false, true], Held(new ThresholdCondition { Measure = ThresholdMeasure.Mean, Above = 2 }));
        Assert.Equal([true, true, false], Held(new ThresholdCondition { Measure = ThresholdMeasure.Mean, AtMost = 2 }));
        Assert.Equal([true, false, false], Held(new ThresholdCondition { Measure = ThresholdMeasure.Mean, Below = 2 }));

        static IEnumerable<bool> Held(ThresholdCondition condition) =>
            new[] { 1.5, 2, 2.5 }.Select(value => ThresholdEvaluation.Holds(condition, value));
    }

    [Fact]
    public void A_share_that_rounding_made_a_little_smaller_still_reaches_its_bound()
    {
        var condition = new ThresholdCondition { Measure = ThresholdMeasure.FavorableShare, AtLeast = 0.8 };

        Assert.True(ThresholdEvaluation.Holds(condition, 0.7 + 0.1)); // 0.7999999999999999
    }

    [Fact]
    public void Without_a_score_nothing_is_a_strength_or_a_gap()
    {
        var rule = Sample.Readiness.Thresholds!.Gap;

        Assert.Null(ThresholdEvaluation.Decide(rule, Measures.Of([0, 0, 0, 9], Sample.Dots)));
        Assert.Null(ThresholdEvaluation.Decide(null, Measures.Of([0, 0, 9, 0], Sample.Dots)));
    }

    [Fact]
    public void Levels_that_a_scale_lacks_do_not_judge_it()
    {
        var condition = new ThresholdCondition { Measure = ThresholdMeasure.LevelShare, Levels = ["green"], Below = 0.3 };

        Assert.Null(ThresholdEvaluation.Value(condition, Measures.Of([1, 1, 1], Sample.Points("three", 3))));
    }
}
