using System.Collections.Concurrent;
using Npgsql;
using PLService.Api.Domain.Organizations;

namespace PLService.Api.Persistence.Organizations;

/// <summary>An organization of a tenant, as reports need it.</summary>
internal sealed class MappedOrganization(Guid id, OrganizationKind kind, string name, bool isOpen, string timeZone)
{
    public Guid Id => id;

    public OrganizationKind Kind => kind;

    public string Name => name;

    public bool IsOpen => isOpen;

    public string TimeZone => timeZone;

    /// <summary>The one above it; null for a root.</summary>
    public MappedOrganization? Parent { get; internal set; }
}

/// <summary>
/// All organizations of a tenant and how they lie below each other. Reports over a subtree count in it what the database would have to look up again for
/// each of thousands of organizations. It holds while the stamp of the roll-ups stays what it was, see <see cref="Rollups.RollupStamp"/>.
/// </summary>
internal sealed class OrganizationMap
{
    /// <summary>What <see cref="ReadAsync"/> reads; $1 tenant.</summary>
    public const string Sql =
        "select id, parent_id, kind, name, status = 'active', time_zone from pls.organization where tenant_id = $1 order by lower(name), id";

    private readonly Dictionary<Guid, MappedOrganization> _byId;

    private OrganizationMap(long stamp, IReadOnlyList<MappedOrganization> all, Dictionary<Guid, MappedOrganization> byId)
    {
        (Stamp, All, _byId) = (stamp, all, byId);
        OnlyRoot = all.Where(organization => organization.Parent is null).Take(2).ToList() is [var only] ? only : null;
    }

    /// <summary>The stamp of the roll-ups when it was read.</summary>
    public long Stamp { get; }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<MappedOrganization> All { get; }

    /// <summary>The one with nothing above it; null when there is not exactly one.</summary>
    public MappedOrganization? OnlyRoot { get; }

    /// <summary>Reads the map from the rows of <see cref="Sql"/>.</summary>
    public static async Task<OrganizationMap> ReadAsync(long stamp, NpgsqlDataReader rows, CancellationToken ct)
    {
        var all = new List<MappedOrganization>();
        var byId = new Dictionary<Guid, MappedOrganization>();
        var parents = new List<Guid?>();
        // A tenant has few time zones: each is kept once.
        var zones = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
        {
            var zone = rows.GetString(5);
            if (!zones.TryGetValue(zone, out var kept))
                zones[zone] = kept = zone;
            var organization = new MappedOrganization(rows.GetGuid(0), EnumText.Parse<OrganizationKind>(rows.GetString(2)), rows.GetString(3), rows.GetBoolean(4), kept);
            all.Add(organization);
            parents.Add(rows.IsDBNull(1) ? null : rows.GetGuid(1));
            byId[organization.Id] = organization;
        }

        for (var i = 0; i < all.Count; i++)
            all[i].Parent = parents[i] is { } parent ? byId[parent] : null;
        return new(stamp, all, byId);
    }

    public MappedOrganization? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether the organization is one of <paramref name="roots"/> or below one; null is the whole tenant.</summary>
    public static bool Reaches(Guid[]? roots, MappedOrganization organization)
    {
        if (roots is null)
            return true;
        for (var above = organization; above is not null; above = above.Parent)
        {
            if (roots.Contains(above.Id))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Where an organization lies, seen from <paramref name="top"/>: whether below it (or it itself), and the child of it that the way leads through, null
    /// for the top itself.
    /// </summary>
    public static (bool IsBelow, MappedOrganization? Child) Place(MappedOrganization organization, MappedOrganization? top)
    {
        MappedOrganization? child = null;
        for (var above = organization; above is not null; above = above.Parent)
        {
            if (ReferenceEquals(above, top))
                return (true, child);
            child = above;
        }

        return (false, null);
    }
}

/// <summary>The maps that were read, one of each tenant.</summary>
internal sealed class OrganizationMaps
{
    private const int MaxRemembered = 100;

    private readonly ConcurrentDictionary<Guid, OrganizationMap> _maps = new();

    /// <summary>What was read last; whoever uses it compares its stamp.</summary>
    public OrganizationMap? Find(Guid tenantId) => _maps.GetValueOrDefault(tenantId);

    public void Remember(Guid tenantId, OrganizationMap map)
    {
        if (_maps.Count >= MaxRemembered)
            _maps.Clear();
        _maps[tenantId] = map;
    }
}
