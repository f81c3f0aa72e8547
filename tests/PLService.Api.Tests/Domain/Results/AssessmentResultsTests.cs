using System.Text;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Tests.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Results;

public sealed class AssessmentResultsTests
{
    private static readonly InstrumentLayout Layout = InstrumentLayout.Of(Sample.Readiness);

    // Green, yellow, red, don't know of VIS.1, VIS.2 and RES.1.
    private static readonly GroupTally Everybody = new([8, 1, 1, 0, 2, 3, 4, 1, 8, 2, 0, 0], 10, 12);

    private static readonly Dictionary<string, GroupTally> NoRoles = [];

    [Fact]
    public void Items_sections_and_the_whole_have_the_figures_of_their_answers()
    {
        var whole = AssessmentResults.Compute(Layout, Everybody, NoRoles, 5).Whole;

        Assert.Equal((10, 1.7), (whole.Sections[0].Items[0].Axes[0].Measures!.N, whole.Sections[0].Items[0].Axes[0].Measures!.Mean));
        var vision = whole.Sections[0].Axes[0].Measures!; // 10 green, 4 yellow, 5 red, 1 don't know
        Assert.Equal((20, 19), (vision.Answered, vision.N));
        Assert.Equal(24 / 19d, vision.Mean!.Value, 12);
        Assert.Equal(10 / 19d, vision.FavorableShare);
        Assert.Equal(18 / 29d, whole.Axes[0].Measures!.FavorableShare);
        Assert.Equal("dots", whole.Axes[0].Scale);
    }

    [Fact]
    public void Rank_goes_by_favorable_share_then_by_mean()
    {
        var whole = AssessmentResults.Compute(Layout, Everybody, NoRoles, 5).Whole;

        // VIS.1 and RES.1 are both 80 % green; RES.1 has no red, so that its mean is higher.
        Assert.Equal([2, 3, 1], whole.Sections.SelectMany(section => section.Items).Select(item => item.Rank));
        Assert.Equal([2, 1], whole.Sections.Select(section => section.Rank));
    }

    [Fact]
    public void Equals_share_a_rank_and_the_next_one_is_skipped()
    {
        var counts = new[] { 8, 1, 1, 0, 8, 1, 1, 0, 2, 3, 4, 1 };

        var whole = AssessmentResults.Compute(Layout, new GroupTally(counts, 10, 10), NoRoles, 5).Whole;

        Assert.Equal([1, 1, 3], whole.Sections.SelectMany(section => section.Items).Select(item => item.Rank));
    }

    [Fact]
    public void Strengths_and_gaps_name_the_conditions_that_decided()
    {
        var whole = AssessmentResults.Compute(Layout, Everybody, NoRoles, 5).Whole;

        Assert.Equal(
            [("VIS", "VIS.1"), ("RES", null), ("RES", "RES.1")],
            whole.Strengths.Select(finding => (finding.Section, finding.Item)));
        Assert.Equal([0.8, 0.1], whole.Strengths[0].DecidedBy.Select(condition => condition.Value));
        var gap = Assert.Single(whole.Gaps);
        Assert.Equal("VIS.2", gap.Item);
        // Of the nine answers that carry a score.
        Assert.Equal([4 / 9d, 2 / 9d], gap.DecidedBy.Select(condition => condition.Value));
        Assert.Equal(0.3, gap.DecidedBy[1].Condition.Below);
    }

    [Fact]
    public void A_small_role_and_the_next_smallest_are_withheld_and_said_so()
    {
        var result = AssessmentResults.Compute(Layout, Times(36), new Dictionary<string, GroupTally>
        {
            ["coach"] = Times(3),
            ["principal"] = Times(8),
            ["teacher"] = Times(25),
        }, 5);

        Assert.Equal(["coach", "principal", "teacher"], result.ByRole.Select(group => group.Role));
        Assert.Equal([WithheldReason.SmallGroup, WithheldReason.Complementary, null], result.ByRole.Select(group => group.Reason));
        var coach = result.ByRole[0];
        Assert.Equal((null, null), (coach.Responses, coach.Participants));
        Assert.All(coach.Sections, section => Assert.True(section.Axes[0] is { Withheld: true, Measures: null } && section.Rank is null));
        Assert.Empty(coach.Strengths.Concat(coach.Gaps));
        Assert.Equal(25, result.ByRole[2].Sections[0].Items[0].Axes[0].Measures!.N);

        // Three items, two sections and the whole of it, for each of the two roles.
        Assert.Equal(new WithheldCount(12, 6, 6), result.Withheld);
    }

    [Fact]
    public void An_item_that_few_answered_takes_another_item_of_its_section_with_it()
    {
        var result = AssessmentResults.Compute(Layout, new GroupTally([0, 2, 0, 0, 0, 6, 0, 0, 0, 9, 0, 0], 9, 9), NoRoles, 5);

        var items = result.Whole.Sections[0].Items.Select(item => item.Axes[0].Reason);
        Assert.Equal([WithheldReason.SmallGroup, WithheldReason.Complementary], items);
        Assert.False(result.Whole.Sections[0].Axes[0].Withheld);
        Assert.Equal([null, null, 1], result.Whole.Sections.SelectMany(section => section.Items).Select(item => item.Rank));
        Assert.Equal(["RES", "RES.1"], result.Whole.Gaps.Where(gap => gap.Section == "RES").Select(gap => gap.Item ?? gap.Section));
        Assert.DoesNotContain(result.Whole.Gaps, gap => gap.Item is "VIS.1" or "VIS.2");
    }

    [Fact]
    public void A_small_assessment_shows_no_figure_at_all()
    {
        var result = AssessmentResults.Compute(Layout, Times(4), NoRoles, 5);

        Assert.Equal(WithheldReason.SmallGroup, result.Whole.Reason);
        Assert.Equal(new WithheldCount(6, 6, 0), result.Withheld);
        Assert.Equal(4, result.Responses);
        Assert.DoesNotContain("\"mean\":1", Encoding.UTF8.GetString(result.ToCanonicalJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_that_people_give_freely_are_never_taken_for_more_people_than_there_are()
    {
        var posters = InstrumentLayout.Of(Sample.Readiness with { MarksPerParticipant = null });

        var result = AssessmentResults.Compute(posters, new GroupTally([30, 0, 0, 0, 30, 0, 0, 0, 30, 0, 0, 0], 0, 4), NoRoles, 5);

        Assert.True(result.Whole.Withheld);
    }

    [Fact]
    public void Roles_that_add_up_to_more_than_the_whole_are_refused() => Assert.Throws<ArgumentException>(
        () => AssessmentResults.Compute(Layout, Times(5), new Dictionary<string, GroupTally> { ["teacher"] = Times(6) }, 5));

    [Fact]
    public void The_canonical_form_reads_back_to_itself_in_any_order_and_rounds_to_six_decimals()
    {
        var result = AssessmentResults.Compute(Layout, Everybody, new Dictionary<string, GroupTally> { ["teacher"] = Everybody }, 5);
        var json = result.ToCanonicalJson();
        var text = Encoding.UTF8.GetString(json);

        Assert.Contains("\"mean\":1.263158", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"scoringVersion\":\"1\",\"instrument\":\"sample\"", text, StringComparison.Ordinal);
        Assert.Equal(64, result.Hash().Length);
        Assert.Equal(json, ResultDocument.Read(json).ToCanonicalJson());
        var reversed = new JsonObject(JsonNode.Parse(text)!.AsObject().Reverse()
            .Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        Assert.Equal(result.Hash(), ResultDocument.Read(Encoding.UTF8.GetBytes(reversed.ToJsonString())).Hash());
    }

    [Fact]
    public void The_largest_instrument_with_many_small_roles_is_computed_in_moments()
    {
        var layout = InstrumentLayout.Of(Sample.Readiness with
        {
            Sections = [.. Enumerable.Range(0, 100)
                .Select(s => Sample.Section($"S{s}", [.. Enumerable.Range(0, 5).Select(i => Sample.Item($"S{s}.{i}"))]))],
        });
        var random = new Random(7);
        var roles = Enumerable.Range(0, 12).ToDictionary(role => $"r{role}", role => new GroupTally(
            [.. Enumerable.Range(0, layout.CountsLength).Select(_ => random.Next(4))], 20, 20));
        var whole = new GroupTally(new int[layout.CountsLength], 240, 240);
        foreach (var role in roles.Values)
            LevelCounts.Add(whole.Counts, role.Counts);

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = AssessmentResults.Compute(layout, whole, roles, 5);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        Assert.True(result.Withheld.SmallGroup > 100);
        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed} {result.Withheld}");
    }

    /// <summary>So many people who all answer yellow.</summary>
    private static GroupTally Times(int people) => new([0, people, 0, 0, 0, people, 0, 0, 0, people, 0, 0], people, people);
}
