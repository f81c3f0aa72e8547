using FsCheck;
using FsCheck.Fluent;
using PLService.Api.Domain.Results;

namespace PLService.Api.Tests.Domain.Results;

public sealed class SuppressionTests
{
    private const WithheldReason Small = WithheldReason.SmallGroup;
    private const WithheldReason Complementary = WithheldReason.Complementary;

    [Fact]
    public void A_small_group_takes_the_smallest_other_one_with_it() =>
        Assert.Equal([null, Small, Complementary, null], Suppression.Withheld([20, 2, 7, 9], 5).Reasons);

    [Fact]
    public void Two_small_groups_that_hold_enough_people_together_hide_each_other() =>
        Assert.Equal([null, Small, Small], Suppression.Withheld([20, 2, 3], 5).Reasons);

    [Fact]
    public void Two_small_groups_that_hold_too_few_people_together_take_a_third() =>
        Assert.Equal([Complementary, Small, Small], Suppression.Withheld([20, 2, 2], 5).Reasons);

    [Fact]
    public void Empty_groups_are_shown_and_hide_nothing() =>
        Assert.Equal([null, Small, Complementary], Suppression.Withheld([0, 1, 8], 5).Reasons);

    [Fact]
    public void A_total_that_is_small_itself_is_withheld()
    {
        var alone = Suppression.Withheld([3, 0, 1], 5);

        Assert.Equal([Small, null, Small], alone.Reasons);
        Assert.True(alone.TotalWithheld);
    }

    [Fact]
    public void A_minimum_of_one_withholds_nothing() => Assert.All(Suppression.Withheld([1, 2, 30], 1).Reasons, Assert.Null);

    [Fact]
    public void Subtracting_what_is_shown_from_the_total_never_gives_a_small_group() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        ArbMap.Default.ArbFor<byte>(),
        (bytes, floor) =>
        {
            var minimum = floor % 12;
            int[] sizes = [.. bytes.Select(size => size % 25)];
            var (reasons, totalWithheld) = Suppression.Withheld(sizes, minimum);

            var remainder = sizes.Sum() - sizes.Where((_, i) => reasons[i] is null).Sum();
            return sizes.Index().All(size => (reasons[size.Index] == WithheldReason.SmallGroup) == (size.Item > 0 && size.Item < minimum))
                && (totalWithheld || remainder == 0 || remainder >= minimum)
                && (totalWithheld || reasons.Count(reason => reason is not null) != 1);
        }).QuickCheckThrowOnFailure();
}
