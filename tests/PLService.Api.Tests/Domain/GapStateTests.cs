using PLService.Api.Domain.Results;

namespace PLService.Api.Tests.Domain;

public sealed class GapStateTests
{
    [Theory]
    [InlineData(true, 0.2, false, 0.9, GapChange.Closed)]
    [InlineData(true, 0.2, false, 0.2, GapChange.Closed)]
    [InlineData(false, 0.9, true, 0.2, GapChange.Opened)]
    [InlineData(false, 0.2, true, 0.9, GapChange.Opened)]
    [InlineData(true, 0.4, true, 0.34, GapChange.Widened)]
    [InlineData(true, 0.4, true, 0.46, GapChange.Narrowed)]
    [InlineData(true, 0.4, true, 0.4, GapChange.Stayed)]
    [InlineData(false, 0.4, false, 0.9, GapChange.NoGap)]
    // Exactly the margin, however it is rounded: 0.35 - 0.3 is a little more than 0.05, 0.3 - 0.25 a little less.
    [InlineData(true, 0.3, true, 0.35, GapChange.Stayed)]
    [InlineData(true, 0.3, true, 0.25, GapChange.Stayed)]
    public void The_rules_decide_what_opened_and_closed_and_the_share_how_a_gap_changed(bool wasGap, double before, bool isGap, double after, GapChange expected) =>
        Assert.Equal(expected, new GapState(wasGap, before).To(new GapState(isGap, after)));
}
