using FsCheck;
using FsCheck.Fluent;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;
using PLService.Api.Tests.Domain.Instruments;

namespace PLService.Api.Tests.Domain.Results;

/// <summary>A reader of a published result who adds and subtracts, in any way, to find figures that were withheld.</summary>
public sealed class SuppressionAttackTests
{
    private static readonly InstrumentDocument Document = Sample.Readiness with
    {
        Sections =
        [
            Sample.Section("A", Sample.Item("A.1"), Sample.Item("A.2"), Sample.Item("A.3")),
            Sample.Section("B", Sample.Item("B.1"), Sample.Item("B.2")),
            Sample.Section("C", Sample.Item("C.1")),
        ],
    };

    private static readonly InstrumentLayout Layout = InstrumentLayout.Of(Document);

    [Fact]
    public void No_system_of_shown_sums_determines_a_small_cell()
    {
        var small = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var (table, shown) = Published(seed);
            var determined = Determined(table, shown);
            var targets = table.Keys.Where(cell => Suppression.IsSmall(table[cell], Minimum(seed))).ToList();
            small += targets.Count;
            return targets.All(cell => !shown.Contains(cell) && !determined.Contains(cell));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        Assert.True(small > 1_000, $"Only {small} small cells were attacked.");
    }

    [Fact]
    public void What_is_left_of_a_shown_total_of_roles_is_nobody_or_enough_people() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var (table, shown) = Published(seed);
        return Nodes.Where(node => shown.Contains((0, node))).All(node =>
        {
            var left = table[(0, node)] - Enumerable.Range(1, Roles).Where(role => shown.Contains((role, node)))
                .Sum(role => table[(role, node)]);
            return left == 0 || left >= Minimum(seed) || Nested(node);
        });

        // People of a section or the whole are counted once, but their answers are many: only items compare answers with people.
        static bool Nested(string node) => !node.Contains('.', StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Without_small_groups_nothing_is_withheld()
    {
        var counts = new int[Layout.CountsLength];
        foreach (var element in Layout.Elements)
            counts[element.CountsOffset] = 10;

        var result = AssessmentResults.Compute(Layout, new GroupTally([.. counts.Select(c => 2 * c)], 20, 20),
            new Dictionary<string, GroupTally> { ["a"] = new(counts, 10, 10), ["b"] = new(counts, 10, 10) }, 5);

        Assert.Equal(new WithheldCount(0, 0, 0), result.Withheld);
    }

    private const int Roles = 3;

    private static readonly List<string> Nodes =
        ["", .. Document.Sections.Select(section => section.Code), .. Layout.Elements.Select(element => element.Item.Code)];

    private static int Minimum(int seed) => 2 + Math.Abs(seed % 6);

    /// <summary>Answers per cell (group 0 is the whole, the last one people without a role), and the cells that the result shows.</summary>
    private static (Dictionary<(int Group, string Node), int> Table, HashSet<(int, string)> Shown) Published(int seed)
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, Roles + 1).Select(_ => Group(random)).ToList();
        var whole = new GroupTally(new int[Layout.CountsLength], groups.Sum(g => g.Responses), groups.Sum(g => g.Participants));
        groups.ForEach(group => LevelCounts.Add(whole.Counts, group.Counts));
        var roles = Enumerable.Range(0, Roles).ToDictionary(role => $"r{role}", role => groups[role]);
        var result = AssessmentResults.Compute(Layout, whole, roles, Minimum(seed));

        var table = new Dictionary<(int, string), int>();
        var shown = new HashSet<(int, string)>();
        foreach (var (g, tally) in groups.Prepend(whole).Index())
        {
            var published = g == 0 ? result.Whole : g <= Roles ? result.ByRole[g - 1] : null;
            Record(g, "", Layout.Elements, tally, published?.Axes);
            foreach (var (s, section) in Document.Sections.Index())
            {
                Record(g, section.Code, Layout.Elements.Where(e => e.Section == section), tally, published?.Sections[s].Axes);
                foreach (var (i, item) in section.Items.Index())
                    Record(g, item.Code, Layout.Elements.Where(e => e.Item == item), tally, published?.Sections[s].Items[i].Axes);
            }
        }

        return (table, shown);

        void Record(int group, string node, IEnumerable<Element> elements, GroupTally tally, IReadOnlyList<CellResult>? cells)
        {
            table[(group, node)] = elements.Sum(element => LevelCounts.Sum(element.CountsIn(tally.Counts)));
            if (cells?[0].Measures is { } measures)
            {
                Assert.Equal(table[(group, node)], measures.Answered);
                shown.Add((group, node));
            }
        }
    }

    private static GroupTally Group(Random random)
    {
        var counts = new int[Layout.CountsLength];
        var people = random.Next(3) == 0 ? random.Next(4) : random.Next(15);
        var diligence = random.NextDouble();
        for (var person = 0; person < people; person++)
        {
            var levels = Layout.Elements
                .Select(_ => random.NextDouble() < diligence ? (short)random.Next(4) : LevelCounts.NotAnswered).ToArray();
            LevelCounts.AddResponse(counts, Layout, levels);
        }

        return new GroupTally(counts, people, people);
    }

    /// <summary>Withheld cells that the sums determine: Gauss elimination leaves them alone in their row.</summary>
    private static HashSet<(int, string)> Determined(Dictionary<(int Group, string Node), int> table, HashSet<(int, string)> shown)
    {
        // The attacker may even know which cells nobody answered.
        var unknown = table.Keys.Where(cell => !shown.Contains(cell) && table[cell] > 0).ToList();
        var place = unknown.Index().ToDictionary(cell => cell.Item, cell => cell.Index);
        var rows = new List<double[]>();
        foreach (var node in Nodes)
            Equation((0, node), Enumerable.Range(1, Roles + 1).Select(group => (group, node)));

        for (var group = 0; group <= Roles + 1; group++)
        {
            var g = group;
            Equation((g, ""), Document.Sections.Select(section => (g, section.Code)));
            foreach (var section in Document.Sections)
                Equation((g, section.Code), section.Items.Select(item => (g, item.Code)));
        }

        var rank = 0;
        for (var column = 0; column < unknown.Count && rank < rows.Count; column++)
        {
            var pivot = rows.FindIndex(rank, row => Math.Abs(row[column]) > 1e-9);
            if (pivot < 0)
                continue;

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            rows[rank] = [.. rows[rank].Select(value => value / rows[rank][column])];
            for (var r = 0; r < rows.Count; r++)
            {
                if (r != rank && Math.Abs(rows[r][column]) > 1e-9)
                    rows[r] = [.. rows[r].Zip(rows[rank], (a, b) => a - (rows[r][column] * b))];
            }

            rank++;
        }

        return [.. rows.Select(row => row.Index().Where(value => Math.Abs(value.Item) > 1e-9).ToList())
            .Where(left => left.Count == 1).Select(left => unknown[left[0].Index])];

        void Equation((int, string) total, IEnumerable<(int, string)> parts)
        {
            var row = new double[unknown.Count];
            foreach (var (cell, sign) in parts.Select(part => (part, 1d)).Append((total, -1d)))
            {
                if (place.TryGetValue(cell, out var i))
                    row[i] += sign;
            }

            rows.Add(row);
        }
    }
}
