using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Tests.Domain.Instruments;

/// <summary>Every shape of scale and threshold in use can be written as data and behaves as its instrument says.</summary>
public sealed class ScaleTableTests
{
    public static TheoryData<string> Rows => [.. ScaleTable.Documents.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_is_a_sound_document(string row) => Assert.Empty(InstrumentCheck.Check(Document(row)));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_goes_through_json_unchanged(string row)
    {
        var written = InstrumentJson.Write(Document(row));

        Assert.True(Holds(JsonNode.Parse(written), JsonNode.Parse(ScaleTable.Documents[row])), "Something of the document was lost.");
        Assert.Equal(written, InstrumentJson.Write(InstrumentJson.Read(written)));
        Assert.Equal(InstrumentHash.Of(Document(row)), InstrumentHash.Of(InstrumentJson.Read(written)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_packs_a_response_of_any_of_its_levels(string row)
    {
        var layout = InstrumentLayout.Of(Document(row));
        var counts = new int[layout.CountsLength];
        var most = layout.Elements.Max(element => element.Scale.Levels.Count);
        for (var turn = 0; turn < most; turn++)
        {
            var response = layout.Elements.Select(element =>
            {
                var code = element.Scale.Levels[turn % element.Scale.Levels.Count].Code;
                return layout.TryFind(element.Item.Code, element.Axis.Code, out var found) && found.TryLevel(code, out var ordinal)
                    ? ordinal
                    : LevelCounts.NotAnswered;
            }).ToArray();
            LevelCounts.AddResponse(counts, layout, response);
        }

        Assert.All(layout.Elements, element => Assert.All(
            element.CountsIn(counts).ToArray().Index(), count => Assert.Equal(element.Offers((short)count.Index), count.Item > 0)));
    }

    [Fact]
    public void WA_TPL_dots_are_many_marks_per_person_and_only_tallies()
    {
        var layout = InstrumentLayout.Of(Document("wa-tpl"));
        var marks = new GroupTally([12, 9, 9, 0, 0, 30], Responses: 0, Participants: 10);

        var vision = AssessmentResults.Compute(layout, marks, new Dictionary<string, GroupTally>(), 5).Whole.Sections[0].Axes[0].Measures!;

        Assert.False(layout.Document.TakesResponses);
        Assert.Equal((30, 0.4), (vision.Answered, vision.FavorableShare));
    }

    [Fact]
    public void PDredesign_flags_a_category_whose_mean_is_below_two_and_leaves_skips_out()
    {
        // Four people rate ENG.1 with 1, 2, 2, 2, ENG.2 with 1, 1, 3 and a skip, POL.1 with 2, 2, 2, 2.
        var whole = Result("pdredesign", [1, 2, 2, 2], [1, 1, 3, "skip"], [2, 2, 2, 2]).Whole;

        Assert.Equal([("ENG", null), ("ENG", "ENG.1"), ("ENG", "ENG.2")], whole.Gaps.Select(gap => (gap.Section, gap.Item)));
        Assert.Equal(12 / 7d, whole.Sections[0].Axes[0].Measures!.Mean!.Value, 12);
        Assert.Equal("What 3 looks like in ENG.1", Document("pdredesign").Sections[0].Items[0].Descriptors!["rating"]["3"].In("en"));
    }

    [Fact]
    public void TFI_reaches_a_tier_at_seventy_percent_of_its_points()
    {
        // 7, 6 and 10 of 10 points: 23 of 30 in all.
        var whole = Result("tfi", [2], [2], [1], [1], [1], [2], [1], [1], [1], [1], [2], [2], [2], [2], [2]).Whole;

        Assert.Equal(["T1", "T3"], whole.Strengths.Where(strength => strength.Item is null).Select(strength => strength.Section));
        Assert.Equal([0.7, 0.6, 1], whole.Sections.Select(section => section.Axes[0].Measures!.PointsShare!.Value));
        Assert.True(whole.Total is { Met: true } && Math.Abs(whole.Total.Value!.Value - (23 / 30d)) < 1e-12);
    }

    [Fact]
    public void DCA_may_meet_eighty_percent_in_total_and_miss_it_in_a_sub_scale()
    {
        var whole = Result("dca", [2, 2, 2, 2], [2, 2, 2, 2], [2, 1, 1, 2], [1, 1, 2, 1]).Whole;

        Assert.Equal((true, 0.84375), (whole.Total!.Met, whole.Total.Value)); // 27 of 32 points
        Assert.Equal("COMP", Assert.Single(whole.Gaps, gap => gap.Item is null).Section); // 11 of 16
    }

    [Fact]
    public void PBIS_SAS_rates_status_and_priority_apart_and_judges_by_status()
    {
        var whole = Result("pbis-sas",
            ["in", "in", "in", "in", "partial"], ["low", "low", "low", "low", "low"],
            ["not", "not", "in", "not", "not"], ["high", "high", "high", "high", "medium"]).Whole;

        var items = whole.Sections[0].Items;
        Assert.Equal(["status", "priority"], items[0].Axes.Select(cell => cell.Axis));
        Assert.Equal([0.8, 0], items[0].Axes.Select(cell => cell.Measures!.FavorableShare!.Value));
        Assert.Equal([1, 2], items.Select(item => item.Rank));
        Assert.Equal("SCHOOL.1", Assert.Single(whole.Strengths).Item);
    }

    [Fact]
    public void Indistar_has_three_axes_and_levels_that_need_a_reason()
    {
        var layout = InstrumentLayout.Of(Document("indistar"));

        Assert.Equal(["implementation", "priority", "opportunity"], layout.Elements.Take(3).Select(element => element.Axis.Code));
        var demanding = layout.Elements[0].Scale.Levels.Where(level => level.CommentRequired);
        Assert.Equal(["no-not-priority", "full"], demanding.Select(level => level.Code));
        Assert.True(layout.TryFind("TEAM.2", "opportunity", out var opportunity));
        Assert.True(opportunity.TryLevel("3", out var ordinal) && ordinal == 2);
    }

    [Theory]
    [InlineData("future-ready", 3, 3, "investigating")]
    [InlineData("future-ready", 3, 4, "investigating")] // a mean of 3.5 is not yet the next stage, which starts at 4
    [InlineData("future-ready", 4, 5, "envisioning")]
    [InlineData("future-ready", 7, 7, "planning")]
    [InlineData("future-ready", 8, 10, "staging")]
    [InlineData("ers", 1, 2, "needs-most")]
    [InlineData("ers", 2, 3, "close")]
    [InlineData("ers", 4, 4, "best")]
    [InlineData("edscls", 299, 300, "low")]
    [InlineData("edscls", 300, 300, "middle")]
    [InlineData("edscls", 312, 500, "high")]
    public void A_mean_falls_in_the_band_that_its_instrument_names(string row, int one, int other, string band) =>
        Assert.Equal(band, Result(row, [one, other]).Whole.Sections[0].Items[0].Axes[0].Measures!.Band);

    [Fact]
    public void IC_map_one_is_best_and_a_role_may_lack_levels()
    {
        var layout = InstrumentLayout.Of(Document("ic-map"));
        var coach = layout.Elements[1];

        Assert.True(layout.Elements[0].TryLevel("1", out var best));
        Assert.Equal(4, layout.Elements[0].Scale.Levels[best].Score);
        Assert.Equal(("coach", false, true), (coach.Item.Role, coach.TryLevel("2", out _), coach.TryLevel("4", out _)));
        Assert.Equal(1, Result("ic-map", [1, 1], [1, 4]).Whole.Sections[0].Rank);
    }

    [Fact]
    public void SAI_counts_do_not_know_in_the_distribution_alone()
    {
        var item = Result("sai", ["always", "sometimes", "dont-know", "dont-know"]).Whole.Sections[0].Items[0].Axes[0].Measures!;

        Assert.Equal((4, 2, 3, 0.5), (item.Answered, item.N, item.Mean, item.FavorableShare));
        Assert.Equal(0.5, item.Distribution![^1].Share);
    }

    [Fact]
    public void TPEP_levels_are_letters_with_wording_of_their_own()
    {
        var item = Result("tpep", ["U", "b", "P", "D", "D"]).Whole.Sections[0].Items[0].Axes[0].Measures!;

        Assert.Equal((3, 2.8, 0.6), (item.Median, item.Mean, item.FavorableShare));
    }

    [Fact]
    public void Cognia_levels_are_names_and_sections_differ_by_kind_of_institution()
    {
        var document = Document("cognia");

        Assert.Equal(["school", "system"], document.Sections.Select(section => section.Group));
        Assert.Equal(["impact"],
            Result("cognia", ["Answer impact", "impact", "initiate"]).Whole.Sections[0].Items[0].Axes[0].Measures!.Modes!);
    }

    [Fact]
    public void CDC_runs_from_one_to_five_with_the_ends_named()
    {
        var item = Result("cdc-pd", ["Not so far", "Done", 5, 5]).Whole.Sections[0].Items[0].Axes[0].Measures!;

        Assert.Equal((4, 0.75), (item.Mean, item.FavorableShare));
    }

    private static InstrumentDocument Document(string row) => InstrumentJson.Read(ScaleTable.Documents[row]);

    /// <summary>The result of a team that need not hide from itself; per element the answers as a file would write them.</summary>
    private static ResultDocument Result(string row, params object[][] answers)
    {
        var layout = InstrumentLayout.Of(Document(row));
        var counts = new int[layout.CountsLength];
        foreach (var (e, written) in answers.Index())
        {
            foreach (var answer in written)
            {
                Assert.True(layout.Elements[e].TryLevel($"{answer}", out var ordinal), $"{answer} is no level.");
                counts[layout.Elements[e].CountsOffset + ordinal]++;
            }
        }

        var team = new GroupTally(counts, answers[0].Length, answers[0].Length);
        return AssessmentResults.Compute(layout, team, new Dictionary<string, GroupTally>(), 1);
    }

    /// <summary>Whether everything in the part stands in the whole too.</summary>
    private static bool Holds(JsonNode? whole, JsonNode? part) => (whole, part) switch
    {
        (JsonObject all, JsonObject some) => some.All(member => all.ContainsKey(member.Key) && Holds(all[member.Key], member.Value)),
        (JsonArray all, JsonArray some) => all.Count == some.Count && all.Zip(some).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(whole, part),
    };
}
