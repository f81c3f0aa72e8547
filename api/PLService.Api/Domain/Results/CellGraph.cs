namespace PLService.Api.Domain.Results;

/// <summary>The sums of a <see cref="CellTable"/> as a graph: a node per sum, an edge per cell that has people.</summary>
internal sealed class CellGraph
{
    // Taking a total costs more than any number of items: a team can do without an item's figures sooner than without its own total.
    private const long TotalCost = 1_000;
    private const long WholeCost = 1_000_000;

    private readonly CellTable table;
    private readonly List<Edge>[] edgesOf;
    private readonly HashSet<Cell> rest = new(ReferenceEqualityComparer.Instance);

    public CellGraph(CellTable table)
    {
        this.table = table;
        var inner = 1 + table.Sections.Count;
        edgesOf = [.. Enumerable.Range(0, 1 + (table.Groups * inner) + table.Nodes).Select(_ => new List<Edge>())];
        for (var group = 0; group < table.Groups; group++)
        {
            Connect(group, 0, 0, SumNode(group, 0));
            foreach (var node in table.Children(0))
            {
                Connect(group, node, SumNode(group, 0), SumNode(group, node));
                foreach (var item in table.Children(node))
                    Connect(group, item, SumNode(group, node), 1 + (table.Groups * inner) + item);
            }
        }

        int SumNode(int group, int node) => 1 + (group * inner) + node;
    }

    /// <summary>Whether the cell is of people without a role, which is never published.</summary>
    public bool IsRest(Cell cell) => rest.Contains(cell);

    public bool IsHidden(Edge edge) => edge.Cell.Withheld || IsRest(edge.Cell);

    /// <summary>Hidden edges that lie on no ring of hidden edges: the shown cells determine them.</summary>
    public IReadOnlyList<Edge> WithheldBridges()
    {
        var (order, low) = (new int[edgesOf.Length], new int[edgesOf.Length]);
        var bridges = new List<Edge>();
        var visited = 0;
        for (var root = 0; root < edgesOf.Length; root++)
        {
            if (order[root] == 0)
                Search(root);
        }

        return bridges;

        // Tarjan's search with a stack of its own: a deep table must not overflow the thread's.
        void Search(int root)
        {
            var path = new Stack<(int Node, Edge? Entered, int Next)>();
            path.Push((root, null, 0));
            order[root] = low[root] = ++visited;
            while (path.TryPop(out var at))
            {
                if (at.Next < edgesOf[at.Node].Count)
                {
                    path.Push(at with { Next = at.Next + 1 });
                    var edge = edgesOf[at.Node][at.Next];
                    var other = edge.OtherEnd(at.Node);
                    if (edge == at.Entered || !IsHidden(edge))
                        continue;

                    if (order[other] == 0)
                    {
                        order[other] = low[other] = ++visited;
                        path.Push((other, edge, 0));
                    }
                    else
                    {
                        low[at.Node] = Math.Min(low[at.Node], order[other]);
                    }
                }
                else if (at.Entered is { } entered)
                {
                    var before = entered.OtherEnd(at.Node);
                    low[before] = Math.Min(low[before], low[at.Node]);
                    if (low[at.Node] > order[before])
                        bridges.Add(entered);
                }
            }
        }
    }

    /// <summary>The other edges of the ring through an edge that withholds least (Dijkstra); null when it lies on none.</summary>
    public IReadOnlyList<Edge>? CheapestRing(Edge edge)
    {
        var cost = new long[edgesOf.Length];
        Array.Fill(cost, long.MaxValue);
        var entered = new Edge?[edgesOf.Length];
        var queue = new PriorityQueue<int, long>();
        cost[edge.From] = 0;
        queue.Enqueue(edge.From, 0);
        while (queue.TryDequeue(out var node, out var spent) && node != edge.To)
        {
            if (spent > cost[node])
                continue;

            foreach (var next in edgesOf[node].Where(next => next != edge))
            {
                var other = next.OtherEnd(node);
                var price = spent + (IsHidden(next) ? 0 : next.Cost);
                if (price < cost[other])
                {
                    (cost[other], entered[other]) = (price, next);
                    queue.Enqueue(other, price);
                }
            }
        }

        if (entered[edge.To] is null)
            return null;

        var ring = new List<Edge>();
        for (var node = edge.To; node != edge.From; node = ring[^1].OtherEnd(node))
            ring.Add(entered[node]!);

        return ring;
    }

    private void Connect(int group, int node, int from, int to)
    {
        var cell = table[group, node];
        if (group == table.Rest)
            rest.Add(cell);

        if (cell.People == 0)
            return;

        var weight = (node > table.Sections.Count ? 1 : TotalCost) * (group == CellTable.Whole ? WholeCost : 1);
        var edge = new Edge(from, to, cell, weight * cell.People);
        edgesOf[from].Add(edge);
        edgesOf[to].Add(edge);
    }

    /// <summary>A cell between the two sums that it takes part in.</summary>
    /// <param name="From">One sum.</param>
    /// <param name="To">The other.</param>
    /// <param name="Cell">The cell.</param>
    /// <param name="Cost">What withholding it costs.</param>
    internal sealed record Edge(int From, int To, Cell Cell, long Cost)
    {
        public int OtherEnd(int node) => node == From ? To : From;
    }
}
