using FsCheck;
using FsCheck.Fluent;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Tests.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Results;

public sealed class MeasuresTests
{
    private static readonly Scale FivePoints = Sample.Points("five", 5);

    [Fact]
    public void Dots_with_a_do_not_know_give_the_figures_worked_out_by_hand()
    {
        // 7 green, 2 yellow, 1 red, 2 don't know: scores sum to 16 over 10; squares of deviations 7*.16 + 2*.36 + 1*2.56 = 4.4.
        var measures = Measures.Of([7, 2, 1, 2], Sample.Dots);

        Assert.Equal(12, measures.Answered);
        Assert.Equal(10, measures.N);
        Assert.Equal([new LevelShare("green", 7, 7 / 12d), new("yellow", 2, 2 / 12d), new("red", 1, 1 / 12d), new("dont-know", 2, 2 / 12d)],
            measures.Distribution!);
        Assert.Equal(1.6, measures.Mean!.Value, 12);
        Assert.Equal(2, measures.Median);
        Assert.Equal(0.663325, measures.StandardDeviation!.Value, 6);
        Assert.Equal(0.7, measures.FavorableShare);
        Assert.Equal(0.8, measures.PointsShare!.Value, 12);
        Assert.Equal(["green"], measures.Modes!);

        // 1 + .7 log2(.8) + .2 log2(.7) + .1 log2(.2) = 1 - .225350 - .102915 - .232193
        Assert.Equal(0.439543, measures.Consensus!.Value, 6);
    }

    [Fact]
    public void The_median_of_an_even_number_is_the_average_of_the_two_in_the_middle()
    {
        Assert.Equal(2.5, Measures.Of([1, 1, 1, 0, 1], FivePoints).Median);
        Assert.Equal(3, Measures.Of([1, 1, 1, 1, 1], FivePoints).Median);
    }

    [Theory]
    // Ten people on five points. Shares and means are round, so that the logarithms can be looked up.
    [InlineData(10, 0, 0, 0, 0, 1)]
    [InlineData(5, 0, 0, 0, 5, 0)]
    [InlineData(0, 5, 0, 5, 0, 0.584963)] // 1 + log2(.75)
    [InlineData(2, 2, 2, 2, 2, 0.433985)] // 1 + .4 log2(.5) + .4 log2(.75)
    public void Consensus_is_that_of_Tastle_and_Wierman(int one, int two, int three, int four, int five, double consensus) =>
        Assert.Equal(consensus, Measures.Of([one, two, three, four, five], FivePoints).Consensus!.Value, 6);

    [Fact]
    public void Nobody_answered_gives_counts_and_no_figures()
    {
        var measures = Measures.Of([0, 0, 0, 0], Sample.Dots);

        Assert.Equal(0, measures.N);
        Assert.All(measures.Distribution!, level => Assert.Equal((0, null), (level.Count, level.Share)));
        Assert.Equal(
            new double?[7],
            new[] { measures.Mean, measures.Median, measures.StandardDeviation, measures.FavorableShare, measures.PointsShare,
                measures.Consensus, null });
        Assert.Null(measures.Modes);
    }

    [Fact]
    public void Only_do_not_know_gives_a_distribution_and_no_scores()
    {
        var measures = Measures.Of([0, 0, 0, 3], Sample.Dots);

        Assert.Equal((3, 0), (measures.Answered, measures.N));
        Assert.Equal(1, measures.Distribution![3].Share);
        Assert.Equal(["dont-know"], measures.Modes!);
        Assert.Null(measures.Mean);
    }

    [Fact]
    public void Levels_that_tie_are_all_modes() => Assert.Equal(["2", "4"], Measures.Of([1, 3, 0, 3, 2], FivePoints).Modes!);

    [Fact]
    public void Items_of_several_scales_together_have_shares_and_no_mean()
    {
        var layout = InstrumentLayout.Of(Sample.Readiness with
        {
            Scales = [Sample.Dots, FivePoints],
            Sections =
            [
                Sample.Section("VIS", Sample.Item("VIS.1"),
                    Sample.Item("VIS.2") with { Scales = new Dictionary<string, string> { ["status"] = "five" } }),
            ],
        });

        // Dots: 1 green 1 red of 2 points; five: three people at 4, that is 3/4 of the way each.
        var measures = Measures.Together([1, 0, 1, 0, 0, 0, 0, 3, 0], layout.Elements);

        Assert.Equal((5, 5), (measures.Answered, measures.N));
        Assert.Equal(0.8, measures.FavorableShare);
        Assert.Equal((1 + 2.25) / 5, measures.PointsShare!.Value, 12);
        Assert.Null(measures.Distribution);
        Assert.Null(measures.Mean);
    }

    [Fact]
    public void Consensus_lies_between_none_and_full_and_is_full_when_all_agree() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        written =>
        {
            var counts = Counts(written);
            var measures = Measures.Of(counts, FivePoints);
            var levelsUsed = counts.Count(count => count > 0);
            return levelsUsed == 0 ? measures.Consensus is null
                : levelsUsed == 1 ? measures.Consensus == 1
                : measures.Consensus is >= 0 and < 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Halves_at_the_two_ends_have_no_consensus_whatever_their_size() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        written =>
        {
            var half = 1 + Math.Abs(written % 10_000);
            return Measures.Of([half, 0, 0, 0, half], FivePoints).Consensus!.Value < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Points_share_is_the_mean_on_its_way_from_least_to_greatest() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        written =>
        {
            var measures = Measures.Of(Counts(written), FivePoints);
            return measures.N == 0 || Math.Abs(measures.PointsShare!.Value - ((measures.Mean!.Value - 1) / 4)) < 1e-9;
        }).QuickCheckThrowOnFailure();

    private static int[] Counts(int[] written) =>
        [.. Enumerable.Range(0, 5).Select(i => i < written.Length ? Math.Abs(written[i] % 1_000) : 0)];
}
