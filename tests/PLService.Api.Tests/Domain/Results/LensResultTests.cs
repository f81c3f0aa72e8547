using FsCheck;
using FsCheck.Fluent;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Tests.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Results;

/// <summary>Figures of a result by the standards of a framework, and that they tell nothing that the result does not tell.</summary>
public sealed class LensResultTests
{
    private static readonly string[] Standards = ["A", "B", "C", "D"];

    [Fact]
    public void Answers_of_the_items_that_speak_to_a_standard_are_put_together()
    {
        var layout = InstrumentLayout.Of(Document(new Dictionary<string, string[]> { ["A.1"] = ["A"], ["A.2"] = ["A", "B"], ["B.1"] = ["B"] }));
        var counts = new int[layout.CountsLength];
        Rate(counts, layout, "A.1", 3, 2, 1, 0);
        Rate(counts, layout, "A.2", 1, 1, 2, 2);

        var lens = Look(layout, new GroupTally(counts, 6, 6), [], minimum: 2).Lens;

        Assert.Equal(["A", "B"], lens.Coverage.Standards.Select(standard => standard.Standard));
        Assert.Equal(["C", "D"], lens.Coverage.NotCovered.Select(standard => standard.Standard));
        Assert.Equal(["A.3", "B.2", "C.1"], lens.Coverage.UnmatchedItems);
        var (a, b) = (lens.Whole[0], lens.Whole[1]);
        Assert.Equal([4, 3, 3, 2], a.Measures!.Distribution!.Select(level => level.Count));
        Assert.Equal((12, 10, 1.1, 0.4), (a.Measures.Answered, a.Measures.N, a.Measures.Mean, a.Measures.FavorableShare));
        Assert.Equal(["A.2", "B.1"], b.Items);
        Assert.Equal([1, 1, 2, 2], b.Measures!.Distribution!.Select(level => level.Count));
    }

    [Fact]
    public void Items_of_different_scales_stand_apart_and_the_coverage_says_so()
    {
        var document = Document(new Dictionary<string, string[]> { ["A.1"] = ["A"], ["A.2"] = ["A"], ["A.3"] = ["A"] });
        var section = document.Sections[0];
        document = document with
        {
            Scales = [.. document.Scales, Sample.Points("points", 5)],
            Sections = [section with { Items = [section.Items[0], section.Items[1] with { Scales = new Dictionary<string, string> { ["status"] = "points" } }, section.Items[2]] }],
        };
        var layout = InstrumentLayout.Of(document);
        var counts = new int[layout.CountsLength];
        Rate(counts, layout, "A.1", 5, 0, 0, 0);
        Rate(counts, layout, "A.2", 0, 0, 0, 5, 0);
        Rate(counts, layout, "A.3", 0, 5, 0, 0);

        var lens = Look(layout, new GroupTally(counts, 5, 5), [], minimum: 2).Lens;

        Assert.Equal([("dots", "A.1 A.3", 10), ("points", "A.2", 5)], lens.Whole.Select(cell => (cell.Scale, string.Join(' ', cell.Items), cell.Measures!.N)));
        var unmerged = Assert.Single(lens.Coverage.Unmerged);
        Assert.Equal(("A", "status", "dots points"), (unmerged.Standard, unmerged.Axis, string.Join(' ', unmerged.Scales)));
    }

    [Fact]
    public void A_standard_is_withheld_with_any_of_its_items()
    {
        var layout = InstrumentLayout.Of(Document(new Dictionary<string, string[]> { ["A.1"] = ["A"], ["A.2"] = ["A"], ["B.1"] = ["B"] }));
        var counts = new int[layout.CountsLength];
        Rate(counts, layout, "A.1", 8, 0, 0, 0);
        Rate(counts, layout, "A.2", 2, 0, 0, 0);
        Rate(counts, layout, "B.1", 8, 0, 0, 0);

        var lens = Look(layout, new GroupTally(counts, 8, 8), [], minimum: 5).Lens;

        Assert.Equal((true, WithheldReason.SmallGroup, (Measures?)null), (lens.Whole[0].Withheld, lens.Whole[0].Reason!.Value, lens.Whole[0].Measures));
        Assert.Equal(8, lens.Whole[1].Measures!.N);
    }

    /// <summary>Whoever chooses the lens chooses which items are added up: it must never be more than adding up what is published.</summary>
    [Fact]
    public void No_choice_of_a_lens_shows_a_sum_that_the_published_items_do_not_give()
    {
        var (shown, withheld) = (0, 0);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var items = Document([]).Sections.SelectMany(section => section.Items).Select(item => item.Code);
            var layout = InstrumentLayout.Of(Document(items.ToDictionary(item => item, _ => Standards.Where(_ => random.Next(2) == 0).ToArray())));
            var groups = Enumerable.Range(0, 4).Select(_ => Group(layout, random)).ToList();
            var whole = new GroupTally(new int[layout.CountsLength], groups.Sum(g => g.Responses), groups.Sum(g => g.Participants));
            groups.ForEach(group => LevelCounts.Add(whole.Counts, group.Counts));
            var (result, lens) = Look(layout, whole, Enumerable.Range(0, 3).ToDictionary(role => $"r{role}", role => groups[role]), minimum: 2 + Math.Abs(seed % 6));

            foreach (var (published, cells) in lens.ByRole.Select((role, i) => (result.ByRole[i], role.Cells)).Prepend((result.Whole, lens.Whole)))
            {
                var figures = published.Sections.SelectMany(section => section.Items).ToDictionary(item => item.Code, item => item.Axes[0].Measures);
                foreach (var cell in cells)
                {
                    var parts = cell.Items.Select(item => figures[item]).ToList();
                    if (parts.Contains(null) != cell.Withheld || cell.Withheld != cell.Measures is null)
                        return false;
                    (shown, withheld) = cell.Withheld ? (shown, withheld + 1) : (shown + 1, withheld);
                    if (!cell.Withheld && !cell.Measures!.Distribution!.Index().All(level => level.Item.Count == parts.Sum(part => part!.Distribution![level.Index].Count)))
                        return false;
                }
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

        Assert.True(shown > 200 && withheld > 200, $"{shown} sums were shown and {withheld} withheld: too few to say anything.");
    }

    private static (ResultDocument Result, LensResult Lens) Look(InstrumentLayout layout, GroupTally whole, Dictionary<string, GroupTally> roles, int minimum)
    {
        var standards = Standards.Select(code => new NamedStandard(Guid.NewGuid(), "lens", code, null, code)).ToList();
        var lens = new Lens(
            "lens", "Lens", standards, new HashSet<Guid>(), new StandardGraph(standards, []), standards.ToDictionary(s => ("lens", s.Code!), s => s.Id));
        var result = AssessmentResults.Compute(layout, whole, roles, minimum);
        // From the bytes as they are stored: what is not in them cannot come back.
        return (result, LensResult.Of(ResultDocument.Read(result.ToCanonicalJson()), LensView.Of(lens, layout.Elements)));
    }

    private static InstrumentDocument Document(Dictionary<string, string[]> alignments)
    {
        return Sample.Readiness with
        {
            Sections = [Sample.Section("A", Aligned("A.1"), Aligned("A.2"), Aligned("A.3")), Sample.Section("B", Aligned("B.1"), Aligned("B.2")), Sample.Section("C", Aligned("C.1"))],
        };

        Item Aligned(string code) => Sample.Item(code) with
        {
            Alignments = [.. alignments.GetValueOrDefault(code, []).Select(standard => new Alignment { Framework = "lens", Code = standard, Type = "isRelatedTo" })],
        };
    }

    private static void Rate(int[] counts, InstrumentLayout layout, string item, params int[] levels)
    {
        Assert.True(layout.TryFind(item, "", out var element));
        levels.CopyTo(counts, element.CountsOffset);
    }

    private static GroupTally Group(InstrumentLayout layout, Random random)
    {
        var counts = new int[layout.CountsLength];
        var people = random.Next(3) == 0 ? random.Next(4) : random.Next(15);
        var diligence = random.NextDouble();
        for (var person = 0; person < people; person++)
            LevelCounts.AddResponse(counts, layout, [.. layout.Elements.Select(_ => random.NextDouble() < diligence ? (short)random.Next(4) : LevelCounts.NotAnswered)]);
        return new GroupTally(counts, people, people);
    }
}
