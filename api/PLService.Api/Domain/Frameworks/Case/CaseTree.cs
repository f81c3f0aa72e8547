namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Looks at the tree of a package: an item may have several parents or none, but never itself among them.</summary>
internal static class CaseTree
{
    public static void Check(Guid documentId, List<CaseItem> items, List<CaseAssociation> associations, CaseFindings findings)
    {
        var known = items.Select(item => item.Id).ToHashSet();
        var parents = new Dictionary<Guid, List<Guid>>();
        var children = new Dictionary<Guid, int>();
        var placed = new HashSet<Guid>();
        foreach (var link in associations.Where(link => link.Type == AssociationTypes.IsChildOf && link.OriginId is { } origin && known.Contains(origin)))
        {
            placed.Add(link.OriginId!.Value);
            if (link.DestinationId is not { } parent || parent == documentId || !known.Contains(parent))
                continue;
            (parents.TryGetValue(link.OriginId.Value, out var list) ? list : parents[link.OriginId.Value] = []).Add(parent);
            children[parent] = children.GetValueOrDefault(parent) + 1;
        }

        if (items.Find(item => !placed.Contains(item.Id)) is { } loose)
            findings.Warn("/CFItems", "", "no_parent", $"{items.Count(item => !placed.Contains(item.Id)):N0} items are child of nothing, such as {loose.Id}; they stand at the top.");
        if (Circle(items, parents, children) is { } caught)
        {
            findings.Fault($"/CFAssociations/{associations.FindIndex(link => link.Type == AssociationTypes.IsChildOf && link.OriginId == caught)}", "circle",
                $"By isChildOf the item {caught} is below itself; take one of these associations out.");
        }
    }

    // Leaves are taken off until none is left; what is left then goes round.
    private static Guid? Circle(List<CaseItem> items, Dictionary<Guid, List<Guid>> parents, Dictionary<Guid, int> children)
    {
        var leaves = new Queue<Guid>(items.Select(item => item.Id).Where(id => !children.ContainsKey(id)));
        while (leaves.TryDequeue(out var leaf))
        {
            foreach (var parent in parents.GetValueOrDefault(leaf) ?? [])
            {
                if (--children[parent] == 0)
                    leaves.Enqueue(parent);
            }
        }

        foreach (var (id, left) in children)
        {
            if (left > 0 && parents.ContainsKey(id))
                return id;
        }

        return null;
    }
}
