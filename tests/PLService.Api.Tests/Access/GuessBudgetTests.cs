using PLService.Api.Access;

namespace PLService.Api.Tests.Access;

/// <summary>Pauses grow while guessing goes on, and are forgotten afterwards.</summary>
public sealed class GuessBudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 8, 15, 0, 0, TimeSpan.Zero);

    private readonly GuessBudget _budget = new(3, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    [Fact]
    public void A_few_wrong_guesses_cost_nothing()
    {
        Miss(2, Start);
        Assert.Equal(TimeSpan.Zero, _budget.Wait(Start));

        // In another period they count anew.
        Miss(2, Start.AddMinutes(11));
        Assert.Equal(TimeSpan.Zero, _budget.Wait(Start.AddMinutes(11)));
    }

    [Fact]
    public void Each_further_time_the_pause_is_twice_as_long_up_to_the_longest()
    {
        var now = Start;
        foreach (var minutes in (int[])[1, 2, 4, 5, 5])
        {
            Miss(3, now);
            Assert.Equal(TimeSpan.FromMinutes(minutes), _budget.Wait(now));
            now += _budget.Wait(now);
            Assert.Equal(TimeSpan.Zero, _budget.Wait(now));
        }
    }

    [Fact]
    public void Quiet_brings_the_first_pause_back()
    {
        Miss(3, Start);
        Miss(3, Start.AddMinutes(2));
        Assert.False(_budget.IsForgotten(Start.AddMinutes(20)));

        var later = Start.AddMinutes(60);
        Assert.True(_budget.IsForgotten(later));
        Miss(3, later);
        Assert.Equal(TimeSpan.FromMinutes(1), _budget.Wait(later));
    }

    private void Miss(int times, DateTimeOffset at)
    {
        for (var i = 0; i < times; i++)
            _budget.Miss(at);
    }
}
