using System.Text;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Tests.Toolkits;

/// <summary>Marks follow their passage through edits. Seeds are fixed, so that what fails once fails again.</summary>
public sealed class ReanchoringTests
{
    private const string Before = "Professional learning is every educator's right. It is planned with care. Every learner gains. It is planned with care.";

    [Fact]
    public void Positions_count_code_points()
    {
        var text = new AnchoredText("a😀b cd");

        var anchor = text.AnchorAt(3, 4);

        Assert.Equal(("b", "a😀", " cd", 2, 3), (anchor.Exact, anchor.Prefix, anchor.Suffix, anchor.Start, anchor.End));
        Assert.Equal((6, 3, 2), (text.Length, text.UnitOf(2), text.CodePointOf(3)));
    }

    [Fact]
    public void A_passage_never_begins_or_ends_within_a_character() => Assert.Equal("😀", new AnchoredText("a😀b").AnchorAt(2, 2 + 1).Exact);

    [Theory]
    [InlineData("every educator's right", "In 2026 the district wrote anew. " + Before, "every educator's right")]
    [InlineData("every educator's right", "Professional learning is every teacher's right. It is planned.", "every teacher's right")]
    [InlineData("Every learner gains", "Something quite different stands here, and no word of it is the same as it was before.", null)]
    [InlineData("It is planned with care.", "New. It is planned with great care. Every learner gains. Nothing.", "It is planned with great care.")]
    [InlineData("gains", "All learners benefit.", null)]
    public void What_is_found_again_and_what_is_not(string exact, string after, string? found)
    {
        var before = new AnchoredText(Before);
        var start = Before.IndexOf(exact, StringComparison.Ordinal);

        var anchor = new Reanchoring(before, new AnchoredText(after)).Find(before.AnchorAt(start, start + exact.Length), isOrphaned: false);

        Assert.Equal(found, anchor?.Exact);
    }

    [Fact]
    public void Of_the_same_words_in_two_places_the_one_with_the_same_surroundings_is_meant()
    {
        var before = new AnchoredText(Before);
        var second = Before.LastIndexOf("It is planned with care.", StringComparison.Ordinal);
        var anchor = before.AnchorAt(second, second + 24);

        var after = "Every learner gains. It is planned with care. Professional learning is a right. It is planned with care, we hope. It is planned with care.";
        var found = new Reanchoring(before, new AnchoredText(after)).Find(anchor, isOrphaned: false);

        Assert.Equal(21, found?.Start);
    }

    [Fact]
    public void What_was_orphaned_is_found_when_it_comes_back()
    {
        var before = new AnchoredText(Before);
        var anchor = before.AnchorAt(25, 47);
        var without = new AnchoredText("Nothing of it.");
        Assert.Null(new Reanchoring(before, without).Find(anchor, isOrphaned: false));

        var again = new Reanchoring(without, new AnchoredText("Again: " + Before)).Find(anchor, isOrphaned: true);

        Assert.Equal((anchor.Exact, 32, 54), (again!.Exact, again.Start, again.End));
    }

    [Fact]
    public void A_long_passage_is_found_by_its_ends()
    {
        var words = string.Join(' ', Enumerable.Range(0, 120).Select(i => $"word{i}"));
        var before = new AnchoredText("Start. " + words + " End.");
        var changed = "Begun. " + words.Replace("word60", "another word", StringComparison.Ordinal) + " Finished.";

        var found = new Reanchoring(before, new AnchoredText(changed)).Find(before.AnchorAt(7, 7 + words.Length), isOrphaned: false);

        Assert.StartsWith("word0 ", found!.Exact, StringComparison.Ordinal);
        Assert.EndsWith(" word119", found.Exact, StringComparison.Ordinal);
        Assert.Contains("another word", found.Exact, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_thousand_long_marks_of_which_none_is_left_are_given_up_in_bounded_time()
    {
        var random = new Random(9);
        var before = new AnchoredText(Prose(random, 60_000));
        var texts = new Reanchoring(before, new AnchoredText(Prose(random, 60_000)));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var found = Enumerable.Range(0, Annotation.MaxPerReading).Count(i => texts.Find(before.AnchorAt(i * 150, (i * 150) + 250), isOrphaned: false) is not null);

        Assert.Equal(0, found);
        TestContext.Current.SendDiagnosticMessage($"{watch.Elapsed}");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void The_quick_look_turns_nothing_away_that_the_search_would_find(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var text = Prose(random, 60);
            var start = random.Next(0, text.Length - 160);
            var pattern = new StringBuilder(text.Substring(start, random.Next(8, 150)));
            for (var slip = random.Next(0, pattern.Length / 4); slip > 0; slip--)
                pattern[random.Next(pattern.Length)] = (char)('a' + random.Next(26));
            var most = pattern.Length / 4;

            var found = ApproximateSearch.Find(text, pattern.ToString(), .., most, start);

            Assert.NotNull(found);
            Assert.True(DifferenceFilter.Admits(text, pattern.ToString(), most));
            Assert.False(DifferenceFilter.Admits(text, new string('#', pattern.Length), most));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_changed_elsewhere_a_passage_keeps_its_words_and_its_place_in_the_new_text_is_right(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 250; round++)
        {
            var text = Prose(random, 400);
            var before = new AnchoredText(text);
            var start = random.Next(0, text.Length - 60);
            var anchor = before.AnchorAt(start, start + random.Next(10, 50));
            var (from, to) = (before.UnitOf(anchor.Start), before.UnitOf(anchor.End));
            // Edits before and behind the passage, each anywhere: insert, delete, replace.
            var (head, tail) = (Edit(random, text[..from]), Edit(random, text[to..]));
            var after = new AnchoredText(head + anchor.Exact + tail);

            var found = new Reanchoring(before, after).Find(anchor, isOrphaned: false);

            Assert.NotNull(found);
            Assert.Equal(anchor.Exact, found.Exact);
            Assert.Equal(found.Exact, after.Text[after.UnitOf(found.Start)..after.UnitOf(found.End)]);
            Assert.EndsWith(found.Prefix, after.Text[..after.UnitOf(found.Start)], StringComparison.Ordinal);
            Assert.StartsWith(found.Suffix, after.Text[after.UnitOf(found.End)..], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void One_edit_that_leaves_a_passage_alone_leaves_it_exactly_where_it_was(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 250; round++)
        {
            // Few words, many repetitions: the words alone would not tell where it was.
            var text = string.Concat(Enumerable.Range(0, 80).Select(_ => random.Next(3) switch { 0 => "yes ", 1 => "no ", _ => "😀 " }));
            var before = new AnchoredText(text);
            var anchor = before.AnchorAt(text.Length / 2, (text.Length / 2) + 4);
            var isBefore = random.Next(2) == 0;
            var at = isBefore ? 0 : text.Length;
            var after = new AnchoredText(text.Insert(at, "A sentence of another kind. "));

            var found = new Reanchoring(before, after).Find(anchor, isOrphaned: false);

            Assert.Equal(anchor.Start + (isBefore ? 28 : 0), found?.Start);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Slips_that_are_mended_within_a_passage_do_not_lose_it(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var text = Prose(random, 300);
            var before = new AnchoredText(text);
            var start = random.Next(50, text.Length - 150);
            var anchor = before.AnchorAt(start, start + 60);
            var (from, to) = (before.UnitOf(anchor.Start), before.UnitOf(anchor.End));
            var passage = new StringBuilder(anchor.Exact);
            for (var slip = 0; slip < 3; slip++)
            {
                var at = random.Next(10, passage.Length - 10);
                if (!char.IsSurrogate(passage[at]))
                    passage[at] = 'x';
            }

            var after = new AnchoredText(Edit(random, text[..from]) + passage + Edit(random, text[to..]));

            var found = new Reanchoring(before, after).Find(anchor, isOrphaned: false);

            Assert.NotNull(found);
            Assert.Contains(passage.ToString(10, 40), found.Exact, StringComparison.Ordinal);
        }
    }

    private static string Edit(Random random, string text)
    {
        if (text.Length < 8)
            return text;
        var at = Whole(text, random.Next(0, text.Length - 4));
        var length = Whole(text, at + random.Next(0, Math.Min(40, text.Length - at))) - at;
        return random.Next(3) switch
        {
            0 => text.Insert(at, Prose(random, 8)),
            1 => text.Remove(at, length),
            _ => text.Remove(at, length).Insert(at, Prose(random, 5)),
        };
    }

    private static int Whole(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;

    // Words that hardly repeat, some with characters of two code units.
    private static string Prose(Random random, int words) => string.Concat(Enumerable.Range(0, words).Select(_ =>
        random.Next(20) == 0 ? "📚 " : new string([.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => (char)('a' + random.Next(26)))]) + " "));
}
