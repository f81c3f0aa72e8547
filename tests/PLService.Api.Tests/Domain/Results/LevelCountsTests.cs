using FsCheck;
using FsCheck.Fluent;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Tests.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Results;

public sealed class LevelCountsTests
{
    private static readonly InstrumentLayout Layout = InstrumentLayout.Of(Sample.Readiness);

    [Fact]
    public void A_response_is_counted_where_its_levels_have_their_place()
    {
        var counts = new int[Layout.CountsLength];

        LevelCounts.AddResponse(counts, Layout, new short[] { 0, LevelCounts.NotAnswered, 3 });
        LevelCounts.AddResponse(counts, Layout, new short?[] { 0, 2, null });

        Assert.Equal([2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], counts);
    }

    [Fact]
    public void An_ordinal_beyond_the_scale_is_refused_instead_of_counted_for_the_neighbour()
    {
        var counts = new int[Layout.CountsLength];

        Assert.Throws<ArgumentException>(() => LevelCounts.AddResponse(counts, Layout, new short[] { 4, -1, -1 }));
        Assert.Throws<ArgumentException>(() => LevelCounts.AddResponse(counts, Layout, new short[] { -1, -2, -1 }));
        Assert.Throws<ArgumentException>(() => LevelCounts.AddResponse(counts, Layout, new short[] { 0, 0 }));
        Assert.Throws<ArgumentException>(() => LevelCounts.Add(counts, new int[3]));
    }

    [Fact]
    public void The_order_in_which_responses_are_counted_does_not_matter() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        seeds =>
        {
            var responses = seeds
                .Select(seed => Enumerable.Range(0, 3).Select(i => (short)((Math.Abs((long)seed) / (i + 1) % 5) - 1)).ToArray()).ToList();
            return Counted(responses).SequenceEqual(Counted(responses.AsEnumerable().Reverse()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Adding_tallies_counts_the_responses_of_both() => Prop.ForAll(
        ArbMap.Default.ArbFor<short[]>(),
        ArbMap.Default.ArbFor<short[]>(),
        (a, b) =>
        {
            var length = Math.Max(a.Length, b.Length);
            int[] first = Padded(a, length), second = Padded(b, length), sum = [.. first];
            LevelCounts.Add(sum, second);
            return sum.Index().All(count => count.Item == first[count.Index] + second[count.Index]);
        }).QuickCheckThrowOnFailure();

    private static int[] Padded(short[] numbers, int length) =>
        [.. numbers.Select(number => (int)number), .. new int[length - numbers.Length]];

    private static int[] Counted(IEnumerable<short[]> responses)
    {
        var counts = new int[Layout.CountsLength];
        foreach (var response in responses)
            LevelCounts.AddResponse(counts, Layout, response);

        return counts;
    }
}
