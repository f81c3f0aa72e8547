using PLService.Api.Domain.Results;

namespace PLService.Api.Tests.Domain.Results;

public sealed class RollupSuppressionTests
{
    private const int Minimum = 5;
    private static readonly string[] Roles = ["teacher", "principal", "coach"];

    [Fact]
    public void A_small_child_takes_the_next_smallest_with_it()
    {
        var (tree, ids) = Flat([4, 30, 6, 20]);

        Assert.Equal([WithheldReason.SmallGroup, null, WithheldReason.Complementary, null], ids.Select(id => tree.Of(id).Whole));
    }

    [Fact]
    public void Two_small_children_need_a_third_when_they_are_too_few_together()
    {
        var (tree, ids) = Flat([2, 30, 2, 20]);

        Assert.Equal([WithheldReason.SmallGroup, null, WithheldReason.SmallGroup, WithheldReason.Complementary], ids.Select(id => tree.Of(id).Whole));
    }

    [Fact]
    public void Two_small_children_that_are_enough_together_need_no_third()
    {
        var (tree, ids) = Flat([3, 30, 2, 20]);

        Assert.Equal([WithheldReason.SmallGroup, null, WithheldReason.SmallGroup, null], ids.Select(id => tree.Of(id).Whole));
    }

    [Fact]
    public void Children_of_a_withheld_organization_are_not_all_shown()
    {
        var (root, small, region, a, b, c) = (Id(0), Id(1), Id(2), Id(3), Id(4), Id(5));
        var tree = new RollupSuppression(
            Minimum,
            new Dictionary<Guid, Guid?> { [root] = null, [small] = root, [region] = root, [a] = region, [b] = region, [c] = region },
            new Dictionary<Guid, Headcount> { [root] = Of(39), [small] = Of(3), [region] = Of(36), [a] = Of(20), [b] = Of(9), [c] = Of(7) });

        Assert.Equal(WithheldReason.Complementary, tree.Of(region).Whole);
        Assert.Equal([null, WithheldReason.Complementary, WithheldReason.Complementary], new[] { a, b, c }.Select(id => tree.Of(id).Whole));
    }

    [Fact]
    public void A_role_that_is_small_in_one_child_is_withheld_in_all_and_another_with_it()
    {
        var (root, a, b) = (Id(0), Id(1), Id(2));
        var tree = new RollupSuppression(
            Minimum,
            new Dictionary<Guid, Guid?> { [root] = null, [a] = root, [b] = root },
            new Dictionary<Guid, Headcount>
            {
                [root] = Of(73, ("teacher", 50), ("principal", 13), ("coach", 10)),
                [a] = Of(32, ("teacher", 20), ("principal", 8), ("coach", 4)),
                [b] = Of(41, ("teacher", 30), ("principal", 5), ("coach", 6)),
            });

        Assert.Null(tree.Of(root).Of("coach"));
        Assert.Equal(WithheldReason.SmallGroup, tree.Of(a).Of("coach"));
        Assert.Equal(WithheldReason.Complementary, tree.Of(b).Of("coach"));
        Assert.Equal(WithheldReason.Complementary, tree.Of(a).Of("principal"));
        Assert.Null(tree.Of(a).Of("teacher"));
        Assert.Null(tree.Of(b).Of("teacher"));
    }

    /// <summary>Whoever puts all that is shown into one system of linear equations finds no small group among what follows from them.</summary>
    [Fact]
    public void No_linear_combination_of_what_is_shown_gives_a_small_group()
    {
        var (shown, withheld) = (0, 0);
        for (var seed = 0; seed < 800; seed++)
        {
            var world = new World(new Random(seed), sets: seed % 3 == 0 ? 3 : 1);
            shown += world.Shown.Count;
            withheld += world.Cells.Count - world.Shown.Count;
            foreach (var (what, row) in world.SmallGroups())
                Assert.False(world.CanBeFound(row), $"seed {seed}: {what} is given away\n{world}");
        }

        // Otherwise the test would pass by withholding everything, or by having nothing to withhold.
        Assert.True(shown > 8_000, $"{shown} shown");
        Assert.True(withheld > 2_500, $"{withheld} withheld");
    }

    private static Guid Id(int i) => new(i, 0, 0, new byte[8]);

    private static Headcount Of(int people, params (string Role, int People)[] roles)
    {
        var headcount = new Headcount(1);
        headcount.Add(people, _ => true);
        foreach (var (role, count) in roles)
            headcount.AddRole(role, count);
        return headcount;
    }

    private static (RollupSuppression Tree, List<Guid> Children) Flat(int[] sizes)
    {
        var children = sizes.Select((_, i) => Id(i + 1)).ToList();
        var parents = children.ToDictionary(id => id, _ => (Guid?)Id(0));
        parents[Id(0)] = null;
        var people = children.Zip(sizes).ToDictionary(pair => pair.First, pair => Of(pair.Second));
        people[Id(0)] = Of(sizes.Sum());
        return (new RollupSuppression(Minimum, parents, people), children);
    }

    /// <summary>
    /// A tree at random. Its unknowns are the people of each role who answered in each organization itself with each version: how they
    /// answered one item is what an attacker is after. Absent roles are unknowns too, for a report does not tell them from withheld ones,
    /// unless it shows a nought.
    /// </summary>
    private sealed class World
    {
        private readonly List<Guid> _organizations = [];
        private readonly Dictionary<Guid, Guid?> _parents = [];
        private readonly Dictionary<(Guid Organization, string Role, int Version), int> _people = [];
        private readonly List<(Guid Organization, string Role, int Version)> _unknowns;
        private readonly List<int[]> _sets;
        private readonly List<double[]> _basis = [];

        public World(Random random, int sets)
        {
            // With three sets: items of the first version, of the second, and of both.
            _sets = sets == 1 ? [[0]] : [[0, 1], [0], [1]];
            var versions = sets == 1 ? 1 : 2;
            var root = Add(null);
            foreach (var _ in Enumerable.Range(0, random.Next(1, 5)))
            {
                var region = Add(root);
                foreach (var __ in Enumerable.Range(0, random.Next(0, 5)))
                    Add(region);
            }

            var roles = Roles.Take(random.Next(0, 4)).Append("none").ToList();
            var hasNone = random.Next(3) == 0;
            foreach (var id in _organizations)
            {
                var isLeaf = !_parents.ContainsValue(id);
                if (!isLeaf && random.Next(4) != 0)
                    continue;
                var version = random.Next(versions);
                foreach (var role in roles)
                {
                    if (role == "none" && !hasNone && roles.Count > 1)
                        continue;
                    if (random.Next(4) != 0)
                        _people[(id, role, random.Next(10) == 0 ? random.Next(versions) : version)] = random.Next(3) == 0 ? random.Next(0, 5) : random.Next(1, 30);
                }
            }

            var people = _organizations.ToDictionary(id => id, HeadcountOf).Where(pair => pair.Value.People[0] > 0).ToDictionary();
            var suppression = new RollupSuppression(Minimum, _parents, people);
            foreach (var id in people.Keys)
                Cells.AddRange(Roles.Append("").Select(role => (id, role)));
            Shown.AddRange(Cells.Where(cell => suppression.Of(cell.Organization).Of(cell.Role) is null));

            // Which versions an organization used is told by the reports, whose they are is not.
            _unknowns = [.. _organizations.SelectMany(id => Roles.Append("none").SelectMany(role => Enumerable.Range(0, versions)
                .Where(version => _people.Any(p => p.Key.Organization == id && p.Key.Version == version && p.Value > 0))
                .Select(version => (id, role, version))))];
            foreach (var set in _sets)
            {
                // By role there are only figures of items that all versions have.
                foreach (var (organization, role) in Shown.Where(cell => cell.Role.Length == 0 || set == _sets[0]))
                    LearnWithNoughts(Row(organization, role, set));
                foreach (var organization in people.Keys.Where(_ => set == _sets[0]))
                {
                    // What is left of a member without its roles, and of a parent's role without its children: when it is nobody, each is.
                    LearnWithNoughts(Rest((organization, ""), Roles.Select(role => (organization, role)), set));
                    foreach (var role in Roles.Append(""))
                        LearnWithNoughts(Rest((organization, role), people.Keys.Where(id => _parents[id] == organization).Select(id => (id, role)), set));
                }
            }
        }

        public List<(Guid Organization, string Role)> Cells { get; } = [];

        public List<(Guid Organization, string Role)> Shown { get; } = [];

        /// <summary>
        /// What nobody may find: each small group of an organization, of its own assessments alone, and of people without a role.
        /// </summary>
        public IEnumerable<(string What, double[] Row)> SmallGroups() =>
            from organization in _organizations
            from role in Roles.Append("none").Append("")
            from set in SetsOf(role)
            from row in new[] { Row(organization, role, set), OwnRow(organization, role, set) }
            where Sum(row) is > 0 and < Minimum
            select ($"{organization} '{role}'", row);

        public bool CanBeFound(double[] row) => Reduce(row).All(x => Math.Abs(x) < 1e-9);

        private List<int[]> SetsOf(string role) => role.Length == 0 ? _sets : _sets[..1];

        public override string ToString() => string.Join('\n', _organizations.Select(id =>
            $"{id} below {_parents[id]}: {string.Join(' ', _people.Where(p => p.Key.Organization == id).Select(p => $"{p.Key.Role}/{p.Key.Version}={p.Value}"))} shown {string.Join(',', Shown.Where(s => s.Organization == id).Select(s => $"'{s.Role}'"))}"));

        private Guid Add(Guid? parent)
        {
            var id = Id(_organizations.Count + 1);
            _organizations.Add(id);
            _parents[id] = parent;
            return id;
        }

        private bool IsBelow(Guid? id, Guid above)
        {
            for (; id is not null; id = _parents[id.Value])
            {
                if (id == above)
                    return true;
            }

            return false;
        }

        private Headcount HeadcountOf(Guid organization)
        {
            var headcount = new Headcount(_sets.Count);
            foreach (var ((id, role, version), people) in _people.Where(p => p.Value > 0 && IsBelow(p.Key.Organization, organization)))
            {
                headcount.Add(people, set => _sets[set].Contains(version));
                if (role != "none")
                    headcount.AddRole(role, people);
            }

            return headcount;
        }

        private double[] Row(Guid organization, string role, int[] set) =>
            [.. _unknowns.Select(u => IsBelow(u.Organization, organization) && set.Contains(u.Version) && (role.Length == 0 || role == u.Role) ? 1d : 0d)];

        private double[] OwnRow(Guid organization, string role, int[] set) =>
            [.. Row(organization, role, set).Zip(_unknowns, (x, u) => u.Organization == organization ? x : 0d)];

        private int Sum(double[] row) => _unknowns.Select((u, i) => row[i] != 0 ? _people.GetValueOrDefault(u) : 0).Sum();

        /// <summary>A shown cell without those of its parts that are shown; nothing where it is withheld itself.</summary>
        private double[] Rest((Guid, string) whole, IEnumerable<(Guid, string)> parts, int[] set)
        {
            var row = _unknowns.Select(_ => 0d).ToArray();
            if (!Shown.Contains(whole))
                return row;
            row = Row(whole.Item1, whole.Item2, set);
            foreach (var (organization, role) in parts.Where(Shown.Contains))
                row = [.. row.Zip(Row(organization, role, set), (a, b) => a - b)];
            return row;
        }

        private void LearnWithNoughts(double[] row)
        {
            Learn(row);
            for (var i = 0; i < row.Length && Sum(row) == 0; i++)
            {
                if (row[i] != 0)
                    Learn([.. row.Select((_, j) => j == i ? 1d : 0d)]);
            }
        }

        private void Learn(double[] row)
        {
            var rest = Reduce(row);
            var pivot = Array.FindIndex(rest, x => Math.Abs(x) > 1e-9);
            if (pivot < 0)
                return;
            var scale = rest[pivot];
            for (var i = 0; i < rest.Length; i++)
                rest[i] /= scale;
            _basis.Add(rest);
        }

        private double[] Reduce(double[] row)
        {
            var rest = row.ToArray();
            foreach (var known in _basis)
            {
                var pivot = Array.FindIndex(known, x => Math.Abs(x) > 1e-9);
                var factor = rest[pivot];
                if (Math.Abs(factor) < 1e-9)
                    continue;
                for (var i = 0; i < rest.Length; i++)
                    rest[i] -= factor * known[i];
            }

            return rest;
        }
    }
}
