using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Frameworks;

/// <summary>Which way from an item to a standard counts.</summary>
public sealed class LensTests
{
    private readonly List<NamedStandard> _standards = [];
    private readonly List<StandardLink> _links = [];
    private readonly Dictionary<(string, string), Guid> _cited = [];
    private readonly HashSet<Guid> _parents = [];

    [Fact]
    public void An_alignment_with_the_framework_itself_is_direct_whatever_else_leads_there()
    {
        Add("lens/A", "lens/B", "other/X");
        Link("other/X", "exactMatchOf", "lens/B");

        var match = Assert.Single(Match("lens/A isRelatedTo", "other/X isRelatedTo"));

        Assert.Equal(("A", LensMatchKind.Direct, "isRelatedTo lens/A"), Told(match));
    }

    [Theory]
    [InlineData("exactMatchOf", LensMatchKind.Exact)]
    [InlineData("isTranslationOf", LensMatchKind.Exact)]
    [InlineData("isRelatedTo", LensMatchKind.Related)]
    [InlineData("isPartOf", LensMatchKind.Related)]
    [InlineData("isPeerOf", LensMatchKind.Related)]
    public void An_association_is_followed_from_either_end_and_says_how_sure_the_match_is(string type, LensMatchKind kind)
    {
        Add("lens/A", "lens/B", "other/X", "other/Y");
        Link("other/X", type, "lens/A");
        Link("lens/B", type, "other/Y");

        Assert.Equal(("A", kind, $"isRelatedTo other/X > {type} lens/A"), Told(Assert.Single(Match("other/X"))));
        Assert.Equal(("B", kind, $"isRelatedTo other/Y > -{type} lens/B"), Told(Assert.Single(Match("other/Y"))));
    }

    [Theory]
    [InlineData("precedes")]
    [InlineData("exemplar")]
    [InlineData("hasSkillLevel")]
    [InlineData("ext:something")]
    public void Other_associations_say_nothing_of_what_a_standard_means(string type)
    {
        Add("lens/A", "other/X");
        Link("other/X", type, "lens/A");

        Assert.Empty(Match("other/X"));
    }

    [Fact]
    public void Two_associations_are_followed_and_not_three_and_one_that_is_only_related_makes_all_so()
    {
        Add("lens/A", "lens/B", "one/X", "two/X", "three/X", "one/Y", "two/Y");
        Link("one/X", "exactMatchOf", "lens/A");
        Link("two/X", "exactMatchOf", "one/X");
        Link("three/X", "exactMatchOf", "two/X");
        Link("two/Y", "isRelatedTo", "one/Y");
        Link("one/Y", "exactMatchOf", "lens/B");

        Assert.Equal(("A", LensMatchKind.Exact, "isRelatedTo two/X > exactMatchOf one/X > exactMatchOf lens/A"), Told(Assert.Single(Match("two/X"))));
        Assert.Equal(LensMatchKind.Related, Assert.Single(Match("two/Y")).Kind);
        Assert.Empty(Match("three/X"));
    }

    [Fact]
    public void The_surest_way_wins_before_the_shortest_and_all_standards_that_it_reaches_are_matched()
    {
        Add("lens/A", "lens/B", "lens/C", "one/X", "two/X");
        Link("two/X", "isRelatedTo", "lens/C");
        Link("two/X", "exactMatchOf", "one/X");
        Link("one/X", "exactMatchOf", "lens/B");
        Link("one/X", "exactMatchOf", "lens/A");

        Assert.Equal(["A", "B"], Match("two/X").Select(match => match.Standard.Code));
        Assert.All(Match("two/X"), match => Assert.Equal(LensMatchKind.Exact, match.Kind));
        // Of two that are only related the one that is nearer.
        Add("other/Z");
        Link("other/Z", "isRelatedTo", "lens/C");
        Link("other/Z", "isRelatedTo", "two/X");
        Assert.Equal(["C"], Match("other/Z").Select(match => match.Standard.Code));
    }

    [Fact]
    public void A_part_speaks_to_the_standard_that_it_stands_below_and_not_the_other_way_round()
    {
        Add("lens/A", "other/X", "other/X.1");
        Link("other/X.1", "isChildOf", "other/X");
        Link("other/X", "exactMatchOf", "lens/A");
        Assert.Equal(("A", LensMatchKind.Related, "isRelatedTo other/X.1 > isChildOf other/X > exactMatchOf lens/A"), Told(Assert.Single(Match("other/X.1"))));

        Add("lens/B", "lens/B.1");
        Link("lens/B.1", "isChildOf", "lens/B");
        Assert.Equal(["B"], Match("lens/B").Select(match => match.Standard.Code));
    }

    [Fact]
    public void A_former_code_means_the_same_standard_and_the_path_says_so()
    {
        Add("lens/NEW");
        _cited[("lens", "OLD")] = _cited[("lens", "NEW")];

        Assert.Equal(("NEW", LensMatchKind.Direct, "isRelatedTo lens/OLD > formerName lens/NEW"), Told(Assert.Single(Match("lens/OLD"))));
    }

    [Fact]
    public void A_standard_and_those_that_replaced_it_one_after_the_other_are_one()
    {
        Add("old/A", "middle/A", "lens/A");
        Link("old/A", "replacedBy", "middle/A");
        Link("middle/A", "replacedBy", "lens/A");

        Assert.Equal(("A", LensMatchKind.Direct, "isRelatedTo old/A > replacedBy lens/A"), Told(Assert.Single(Match("old/A"))));
        // Through the old framework too.
        Assert.Equal(("A", LensMatchKind.Direct, "isRelatedTo lens/A > -replacedBy old/A"), Told(Assert.Single(Match("old", "lens/A"))));
        // And without a hop being spent on it.
        Add("one/X", "two/X");
        Link("two/X", "isRelatedTo", "one/X");
        Link("one/X", "isRelatedTo", "old/A");
        Assert.Equal(["A"], Match("two/X").Select(match => match.Standard.Code));
    }

    [Fact]
    public void In_one_framework_the_successor_stands_for_both()
    {
        Add("lens/OLD", "lens/B", "lens/NEW");
        Link("lens/OLD", "replacedBy", "lens/NEW");

        Assert.Equal(["B", "NEW"], LensOf("lens").Standards.Select(standard => standard.Code));
        Assert.Equal(("NEW", LensMatchKind.Direct, "isRelatedTo lens/OLD > replacedBy lens/NEW"), Told(Assert.Single(Match("lens/OLD"))));
    }

    [Fact]
    public void A_standard_that_was_divided_is_only_related_to_its_parts_and_two_that_were_joined_are_one()
    {
        Add("old/A", "lens/A1", "lens/A2", "old/B", "old/C", "lens/BC");
        Link("old/A", "replacedBy", "lens/A1");
        Link("old/A", "replacedBy", "lens/A2");
        Link("old/B", "replacedBy", "lens/BC");
        Link("old/C", "replacedBy", "lens/BC");

        Assert.Equal([("A1", LensMatchKind.Related), ("A2", LensMatchKind.Related)], Match("old/A").Select(match => (match.Standard.Code, match.Kind)));
        Assert.Equal(("BC", LensMatchKind.Direct), (Assert.Single(Match("old/B", "old/C")).Standard.Code, Match("old/C")[0].Kind));
    }

    [Fact]
    public void Standards_that_replace_each_other_in_a_circle_end_nowhere_and_stop_nobody()
    {
        Add("lens/A", "other/B");
        Link("lens/A", "replacedBy", "other/B");
        Link("other/B", "replacedBy", "lens/A");

        Assert.Single(Match("lens/A"));
    }

    [Fact]
    public void Alignments_that_mean_no_standard_and_links_that_lead_out_match_nothing()
    {
        Add("lens/A");
        _links.Add(new StandardLink("exactMatchOf", _cited[("lens", "A")], Guid.NewGuid()));

        Assert.Empty(Match("nowhere/X"));
        Assert.Empty(LensOf("lens").Match(null));
    }

    [Fact]
    public void Standards_that_others_stand_below_are_no_leaves()
    {
        Add("lens/A", "lens/A.1");
        _parents.Add(_cited[("lens", "A")]);

        Assert.Equal(["A.1"], LensOf("lens").Leaves.Select(leaf => leaf.Code));
    }

    private void Add(params string[] addresses)
    {
        foreach (var address in addresses)
        {
            var (framework, code) = (address.Split('/')[0], address.Split('/')[1]);
            var standard = new NamedStandard(Guid.NewGuid(), framework, code, null, $"Statement of {code}");
            _standards.Add(standard);
            _cited[(framework, code)] = standard.Id;
        }
    }

    private void Link(string origin, string type, string destination)
    {
        var ends = new[] { origin, destination }.Select(end => _cited.GetValueOrDefault((end.Split('/')[0], end.Split('/')[1]), Guid.NewGuid())).ToList();
        _links.Add(new StandardLink(type, ends[0], ends[1]));
    }

    private Lens LensOf(string framework) =>
        new(framework, framework, _standards.FindAll(standard => standard.Framework == framework), _parents, new StandardGraph(_standards, _links), _cited);

    private IReadOnlyList<LensMatch> Match(string framework, params string[] alignments)
    {
        if (framework.Contains('/', StringComparison.Ordinal))
            (framework, alignments) = ("lens", [framework, .. alignments]);
        return LensOf(framework).Match([.. alignments.Select(alignment =>
        {
            var parts = alignment.Split('/', ' ');
            return new Alignment { Framework = parts[0], Code = parts[1], Type = parts.ElementAtOrDefault(2) ?? "isRelatedTo" };
        })]);
    }

    private static (string?, LensMatchKind, string) Told(LensMatch match) => (
        match.Standard.Code, match.Kind, string.Join(" > ", match.Path.Select(step => $"{(step.Reversed ? "-" : "")}{step.Relation} {step.Framework}/{step.Standard}")));
}
