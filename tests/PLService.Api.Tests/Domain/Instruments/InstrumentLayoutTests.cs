using PLService.Api.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Instruments;

public sealed class InstrumentLayoutTests
{
    private static readonly InstrumentDocument TwoAxes = Sample.Readiness with
    {
        Scales = [Sample.Dots, Sample.Points("priority", 3)],
        Axes = [.. Sample.Readiness.Axes, new Axis { Code = "priority", Title = Text.En("Priority"), Scale = "priority" }],
        Sections =
        [
            Sample.Section("VIS", Sample.Item("VIS.1"), Sample.Item("VIS.2") with { Axes = ["priority"] }),
            Sample.Section("RES", Sample.Item("RES.1") with { Scales = new Dictionary<string, string> { ["status"] = "priority" } }),
        ],
    };

    [Fact]
    public void Elements_stand_in_document_order_and_own_their_part_of_the_counts()
    {
        var layout = InstrumentLayout.Of(TwoAxes);

        Assert.Equal(
            ["VIS.1/status/dots@0", "VIS.1/priority/priority@4", "VIS.2/priority/priority@7", "RES.1/status/priority@10",
            "RES.1/priority/priority@13"],
            layout.Elements.Select(e => $"{e.Item.Code}/{e.Axis.Code}/{e.Scale.Code}@{e.CountsOffset}"));
        Assert.Equal([0, 1, 2, 3, 4], layout.Elements.Select(e => e.Index));
        Assert.Equal(16, layout.CountsLength);
        Assert.Equal([0, 4, 7, 10, 13, 16], layout.Offsets.ToArray());
    }

    [Fact]
    public void An_element_is_found_by_item_and_axis_in_any_case_and_by_item_alone_on_its_first_axis()
    {
        var layout = InstrumentLayout.Of(TwoAxes);

        Assert.True(layout.TryFind("vis.1", "PRIORITY", out var priority));
        Assert.Equal(1, priority.Index);
        Assert.True(layout.TryFind("VIS.2", "", out var onlyAxis));
        Assert.Equal(2, onlyAxis.Index);
        Assert.False(layout.TryFind("VIS.2", "status", out _));
        Assert.False(layout.TryFind("VIS.3", "", out _));
    }

    [Theory]
    [InlineData("green", 0)]
    [InlineData(" GREEN ", 0)]
    [InlineData("In place", 0)]
    [InlineData("implantado", 0)]
    [InlineData("2", 0)]
    [InlineData("2.0", 0)]
    [InlineData("0", 2)]
    [InlineData("don't know", 3)]
    public void A_level_is_found_by_code_label_or_score(string written, int ordinal)
    {
        Assert.True(InstrumentLayout.Of(Sample.Readiness).Elements[0].TryLevel(written, out var found));
        Assert.Equal(ordinal, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("blue")]
    [InlineData("3")]
    [InlineData("NaN")]
    public void What_names_no_level_is_not_found(string written) =>
        Assert.False(InstrumentLayout.Of(Sample.Readiness).Elements[0].TryLevel(written, out _));

    [Fact]
    public void A_score_that_two_levels_share_names_neither()
    {
        var absent = Sample.Dots.Levels[2] with { Code = "absent", Label = Text.En("Absent") };
        var scale = Sample.Dots with { Levels = [.. Sample.Dots.Levels, absent] };
        var element = InstrumentLayout.Of(Sample.Readiness with { Scales = [scale] }).Elements[0];

        Assert.False(element.TryLevel("0", out _));
        Assert.True(element.TryLevel("absent", out var ordinal));
        Assert.Equal(4, ordinal);
    }

    [Fact]
    public void A_level_that_the_item_leaves_empty_is_not_offered()
    {
        var item = Sample.Item("VIS.1") with { EmptyLevels = new Dictionary<string, IReadOnlyList<string>> { ["status"] = ["yellow"] } };
        var element = InstrumentLayout.Of(Sample.Readiness with { Sections = [Sample.Section("VIS", item)] }).Elements[0];

        Assert.False(element.TryLevel("yellow", out _));
        Assert.Equal([true, false, true, true, false, false], new short[] { 0, 1, 2, 3, 4, -1 }.Select(element.Offers));
    }

    [Fact]
    public void A_numeric_scale_makes_its_levels_from_the_numbers()
    {
        var scale = new Scale
        {
            Code = "tenths",
            Title = Text.En("Tenths"),
            Direction = ScaleDirection.BestLast,
            Numeric = new NumericRange { Min = 0, Max = 1, Step = 0.1, FavorableFrom = 0.7 },
        };

        Assert.Equal(["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"], scale.Levels.Select(level => level.Code));
        Assert.Equal(0.3, scale.Levels[3].Score);
        Assert.Equal(["0.7", "0.8", "0.9", "1"], scale.Levels.Where(level => level.Favorable).Select(level => level.Code));
    }

    [Fact]
    public void A_document_that_names_a_missing_scale_has_no_layout() =>
        Assert.Throws<ArgumentException>(() => InstrumentLayout.Of(Sample.Readiness with { Scales = [] }));
}
