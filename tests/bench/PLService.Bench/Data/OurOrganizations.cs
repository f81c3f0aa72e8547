using Npgsql;

namespace PLService.Bench.Data;

/// <summary>The tree: state, regions, districts, with its closure and the districts' NCES ids.</summary>
internal sealed class OurOrganizations(Workload workload, Guid tenant, DateTimeOffset made)
{
    private sealed record Node(Guid Id, Guid[] Ancestors, string Kind, string Name, string? NcesId);

    public async Task LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var nodes = Nodes().ToList();
        await Staged.LoadAsync(connection, "organization",
            ["tenant_id", "id", "parent_id", "kind", "name", "status", "time_zone", "version", "created_at", "updated_at"], nodes,
            async (copy, node) =>
            {
                await copy.WriteAsync(tenant, ct);
                await copy.WriteAsync(node.Id, ct);
                await (node.Ancestors is [var parent, ..] ? copy.WriteAsync(parent, ct) : copy.WriteNullAsync(ct));
                await copy.WriteAsync(node.Kind, ct);
                await copy.WriteAsync(node.Name, ct);
                await copy.WriteAsync("active", ct);
                await copy.WriteAsync("America/Chicago", ct);
                await copy.WriteAsync(1L, ct);
                await copy.WriteAsync(made, ct);
                await copy.WriteAsync(made, ct);
            }, ct);
        await Staged.LoadAsync(connection, "organization_closure", ["tenant_id", "ancestor_id", "descendant_id", "depth"],
            nodes.SelectMany(node => node.Ancestors.Prepend(node.Id).Select((ancestor, depth) => (ancestor, node.Id, (short)depth))),
            async (copy, pair) =>
            {
                await copy.WriteAsync(tenant, ct);
                await copy.WriteAsync(pair.ancestor, ct);
                await copy.WriteAsync(pair.Id, ct);
                await copy.WriteAsync(pair.Item3, ct);
            }, ct);
        await Staged.LoadAsync(connection, "organization_identifier", ["tenant_id", "id", "organization_id", "system", "value"],
            nodes.Where(node => node.NcesId is not null),
            async (copy, node) =>
            {
                await copy.WriteAsync(tenant, ct);
                await copy.WriteAsync(Guid.CreateVersion7(), ct);
                await copy.WriteAsync(node.Id, ct);
                await copy.WriteAsync("nces", ct);
                await copy.WriteAsync(node.NcesId!, ct);
            }, ct);
    }

    private IEnumerable<Node> Nodes()
    {
        yield return new Node(Workload.State, [], "state", "Bench State", null);
        for (var region = 0; region < workload.Regions; region++)
            yield return new Node(Workload.Region(region), [Workload.State], "region", $"Region {region:D2}", null);
        for (var district = 0; district < workload.Districts; district++)
        {
            yield return new Node(
                Workload.District(district), [Workload.Region(workload.RegionOf(district)), Workload.State], "district", $"District {district:D4}",
                Workload.NcesId(district));
        }
    }
}
