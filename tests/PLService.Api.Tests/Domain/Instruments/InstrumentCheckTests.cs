using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Instruments;

public sealed class InstrumentCheckTests
{
    [Fact]
    public void A_sound_document_has_no_fault() => Assert.Empty(InstrumentCheck.Check(Sample.Readiness));

    [Theory]
    [InlineData("/code", "\"Plsr\"", "/code", "format")]
    [InlineData("/version", "\"1.0 final\"", "/version", "format")]
    [InlineData("/title", "{\"es\":\"Muestra\"}", "/title", "missing")]
    [InlineData("/title", "{\"en\":\" \"}", "/title/en", "missing")]
    [InlineData("/title", "{\"en\":\"a\",\"english\":\"a\"}", "/title/english", "format")]
    [InlineData("/title", "{\"en\":\"a\",\"a/b~c\":\"a\"}", "/title/a~1b~0c", "format")]
    [InlineData("/title", "{\"en\":\"a\",\"EN\":\"b\"}", "/title", "duplicate")]
    [InlineData("/title", "{\"en\":\"a\\u0000b\"}", "/title/en", "format")]
    [InlineData("/title", "{\"en\":null}", "/title/en", "missing")]
    [InlineData("/year", "20260", "/year", "out_of_range")]
    [InlineData("/marksPerParticipant", "0", "/marksPerParticipant", "out_of_range")]
    [InlineData("/scales", "[]", "/scales", "too_few")]
    [InlineData("/scales", "[null]", "/scales/0", "missing")]
    [InlineData("/scales/0/direction", "\"bestLast\"", "/scales/0/levels/1/score", "inconsistent")]
    [InlineData("/scales/0/numeric", "{\"min\":0,\"max\":1,\"step\":1}", "/scales/0", "inconsistent")]
    [InlineData("/scales/0/levels/1/code", "\"GREEN\"", "/scales/0/levels/1/code", "duplicate")]
    [InlineData("/scales/0/levels/1/label", "{\"en\":\"in place\"}", "/scales/0/levels/1/label/en", "duplicate")]
    [InlineData("/scales/0/levels/1/label", "{\"en\":\"red\"}", "/scales/0/levels/1/label/en", "duplicate")]
    [InlineData("/scales/0/levels/1/score", "3", "/scales/0/levels/1/score", "inconsistent")]
    [InlineData("/scales/0/levels/2/score", "1e9", "/scales/0/levels/2/score", "out_of_range")]
    [InlineData("/scales/0/levels/2/favorable", "true", "/scales/0/levels/2/favorable", "inconsistent")]
    [InlineData("/scales/0/levels/3/favorable", "true", "/scales/0/levels/3/favorable", "inconsistent")]
    [InlineData("/scales/0/levels/0/colour", "\"green\"", "/scales/0/levels/0/colour", "format")]
    [InlineData("/scales/0/levels/0/shape", "\"<svg>\"", "/scales/0/levels/0/shape", "format")]
    [InlineData("/scales/0/bands", "[{\"code\":\"low\",\"label\":{\"en\":\"Low\"},\"from\":0,\"to\":1}]", "/scales/0/bands",
        "inconsistent")]
    [InlineData("/scales/0/bands",
        "[{\"code\":\"a\",\"label\":{\"en\":\"A\"},\"from\":1,\"to\":2},{\"code\":\"b\",\"label\":{\"en\":\"B\"},\"from\":0,\"to\":1}]",
        "/scales/0/bands/1/from", "inconsistent")]
    [InlineData("/axes/0/scale", "\"dotz\"", "/axes/0/scale", "unknown_reference")]
    [InlineData("/axes", "[]", "/axes", "too_few")]
    [InlineData("/sections", "[]", "/sections", "too_few")]
    [InlineData("/sections/1/code", "\"vis\"", "/sections/1/code", "duplicate")]
    [InlineData("/sections/1/items", "[]", "/sections/1/items", "too_few")]
    [InlineData("/sections/1/items/0/code", "\"VIS.1\"", "/sections/1/items/0/code", "duplicate")]
    [InlineData("/sections/0/items/0/axes", "[\"priority\"]", "/sections/0/items/0/axes/0", "unknown_reference")]
    [InlineData("/sections/0/items/0/axes", "[]", "/sections/0/items/0/axes", "too_few")]
    [InlineData("/sections/0/items/0/scales", "{\"status\":\"other\"}", "/sections/0/items/0/scales/status", "unknown_reference")]
    [InlineData("/sections/0/items/0/scales", "{\"priority\":\"dots\"}", "/sections/0/items/0/scales/priority", "unknown_reference")]
    [InlineData("/sections/0/items/0/descriptors", "{\"status\":{\"blue\":{\"en\":\"x\"}}}", "/sections/0/items/0/descriptors/status/blue",
        "unknown_reference")]
    [InlineData("/sections/0/items/0/emptyLevels", "{\"status\":[\"blue\"]}", "/sections/0/items/0/emptyLevels/status/0",
        "unknown_reference")]
    [InlineData("/sections/0/items/0/emptyLevels", "{\"status\":[\"green\",\"red\"]}", "/sections/0/items/0/emptyLevels/status", "too_few")]
    [InlineData("/sections/0/items/0/alignments", "[{\"framework\":\"pl-components\",\"code\":\"C01\",\"type\":\"similar\"}]",
        "/sections/0/items/0/alignments/0/type", "unknown_reference")]
    [InlineData("/thresholds/strength/conditions/0/levels/0", "\"blue\"", "/thresholds/strength/conditions/0/levels/0",
        "unknown_reference")]
    [InlineData("/thresholds/strength/conditions/0/levels", "[]", "/thresholds/strength/conditions/0/levels", "too_few")]
    [InlineData("/thresholds/strength/conditions/0/atLeast", "70", "/thresholds/strength/conditions/0/atLeast", "out_of_range")]
    [InlineData("/thresholds/strength/conditions/0/measure", "\"mean\"", "/thresholds/strength/conditions/0/levels", "inconsistent")]
    [InlineData("/thresholds/strength/conditions/0/below", "0.5", "/thresholds/strength/conditions/0", "inconsistent")]
    [InlineData("/thresholds/strength/conditions/0/above", "0.5", "/thresholds/strength/conditions/0", "inconsistent")]
    [InlineData("/thresholds/strength/conditions", "[]", "/thresholds/strength/conditions", "too_few")]
    [InlineData("/thresholds/total", "{\"measure\":\"pointsShare\"}", "/thresholds/total", "missing")]
    public void A_slip_is_found_where_it_is(string place, string value, string found, string code)
    {
        var faults = InstrumentCheck.Check(With(place, value));

        Assert.Contains(faults, fault => fault.Pointer == found && fault.Code == code && fault.Detail.Length > 10);
    }

    [Fact]
    public void A_scale_without_two_different_scores_compares_nothing()
    {
        var levels = Sample.Dots.Levels.Select(level => level with { Score = level.Score is null ? null : 1 }).ToList();

        var fault = Assert.Single(InstrumentCheck.Check(Sample.Readiness with { Scales = [Sample.Dots with { Levels = levels }] }),
            fault => fault.Code == FaultCodes.TooFew);
        Assert.Equal("/scales/0/levels", fault.Pointer);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(-2, 2, 1)]
    [InlineData(0, 10, 3)]
    [InlineData(0, 10, 0)]
    [InlineData(0, 1001, 1)]
    [InlineData(0, 1, 1e-12)]
    [InlineData(0, 1e300, 1)]
    public void Numbers_that_make_no_scale_are_refused(double min, double max, double step)
    {
        var numeric = new NumericRange { Min = min, Max = max, Step = step };
        var scale = Sample.Dots with { WrittenLevels = null, Direction = ScaleDirection.BestLast, Numeric = numeric };

        Assert.Contains(
            InstrumentCheck.Check(Sample.Readiness with { Scales = [scale], Thresholds = null }),
            fault => fault.Pointer == "/scales/0/numeric");
    }

    [Fact]
    public void Limits_of_size_are_kept()
    {
        var tooMany = Sample.Readiness with
        {
            Sections =
            [
                .. Enumerable.Range(0, 101)
                    .Select(s => Sample.Section($"S{s}", [.. Enumerable.Range(0, 5).Select(i => Sample.Item($"S{s}.{i}"))])),
            ],
        };
        var tooLong = Sample.Readiness with { Title = Text.En(new string('a', 2_001)) };
        var hundred = new Scale
        {
            Code = "dots",
            Title = Text.En("0 to 100"),
            Direction = ScaleDirection.BestLast,
            Numeric = new() { Min = 0, Max = 100, Step = 1 },
        };
        var tooWide = Sample.Readiness with
        {
            Scales = [hundred],
            Thresholds = null,
            Sections = [Sample.Section("S", [.. Enumerable.Range(0, 199).Select(i => Sample.Item($"S.{i}"))])],
        };

        Assert.Equal(
            ["101 sections; at most 100 allowed.", "505 items in all; at most 500 allowed."],
            InstrumentCheck.Check(tooMany).Select(fault => fault.Detail));
        Assert.Equal([("/title/en", "too_long")], InstrumentCheck.Check(tooLong).Select(fault => (fault.Pointer, fault.Code)));
        Assert.Equal(
            ["20099 levels over all items and axes; at most 20000 allowed."],
            InstrumentCheck.Check(tooWide).Select(fault => fault.Detail));
    }

    [Fact]
    public void A_thoroughly_broken_document_gets_a_bounded_report()
    {
        var items = Enumerable.Range(0, 500).Select(i => Sample.Item($"?{i}")).ToArray();

        Assert.Equal(FaultList.Most, InstrumentCheck.Check(Sample.Readiness with { Sections = [Sample.Section("S", items)] }).Count);
    }

    [Theory]
    [InlineData("""{"code":"a"}""")]
    [InlineData("""{"code":"a","code":"b"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_not_shaped_like_an_instrument_is_not_read(string json) =>
        Assert.Throws<JsonException>(() => InstrumentJson.Read(json));

    [Fact]
    public void A_misspelt_member_is_not_taken_for_a_default() =>
        Assert.Throws<JsonException>(() => With("/scales/0/levels/0/favourable", "true"));

    /// <summary>The sample with a value put at a place.</summary>
    private static InstrumentDocument With(string place, string value)
    {
        var json = JsonNode.Parse(InstrumentJson.Write(Sample.Readiness))!;
        var tokens = place.Split('/')[1..];
        var parent = tokens[..^1].Aggregate(json, (node, token) => node is JsonArray list ? list[int.Parse(token, null)]! : node[token]!);
        if (parent is JsonArray array)
            array[int.Parse(tokens[^1], null)] = JsonNode.Parse(value);
        else
            parent[tokens[^1]] = JsonNode.Parse(value);

        return InstrumentJson.Read(json.ToJsonString());
    }
}
