using System.Collections.Concurrent;
using Npgsql;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Persistence.Plans;

/// <summary>
/// What a plan comes to, as <see cref="PlanTally"/> says it, and the child of the organization at the top that the plan is below; null when it is the top's own.
/// Days are numbered as <see cref="PackedInts.Day"/> does.
/// </summary>
internal sealed record MappedTally(
    MappedOrganization Organization, Guid? Child, PlanStatus Status, int[] Steps, int[] Obstacles, int[] OpenDue, int[] DueOn, int[] DoneOn, int CarriedOver, decimal Fte,
    decimal MinutesPerWeek, decimal DaysPerYear, decimal Amount);

/// <summary>Which plans there are, and in which version each is: two states of the same plans have different ones.</summary>
/// <param name="Plans">How many.</param>
/// <param name="Versions">Of the hashes of each plan's id and version, all bits added without carry.</param>
internal readonly record struct PlansState(long Plans, long Versions)
{
    public static async Task<PlansState> ReadAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        return new(rows.GetInt64(0), rows.GetInt64(1));
    }
}

/// <summary>
/// What the plans at work of an organization and all below it come to, with the organizations themselves. It holds while they and the plans stay what they
/// were.
/// </summary>
internal sealed class MappedTallies
{
    private const string Below = "join pls.organization_closure k on k.tenant_id = $1 and k.ancestor_id = $2 and k.descendant_id = p.organization_id";

    // The condition of the index of plans at work stands here in its own words.
    private const string AtWork = "where p.tenant_id = $1 and p.status in ('active', 'completed')";

    private const string Hashes = "select count(*), coalesce(bit_xor(uuid_hash_extended(p.id, p.version)), 0) from pls.plan p";

    private const string Tallies = """
        select p.organization_id, p.status, t.steps, t.obstacles, t.open_due, t.due_on, t.done_on, t.carried_over, t.fte, t.minutes_per_week, t.days_per_year, t.amount
        from pls.plan p join pls.plan_tally t on t.tenant_id = $1 and t.plan_id = p.id
        """;

    private MappedTallies(OrganizationMap organizations, MappedOrganization? top, PlansState state, IReadOnlyList<MappedTally> all)
    {
        (Organizations, Top, State, All) = (organizations, top, state, all);
        Children = [.. organizations.All.Where(child => top is not null && ReferenceEquals(child.Parent, top))];
        Open = organizations.All.Where(organization => organization.IsOpen)
            .Select(organization => (Place: OrganizationMap.Place(organization, top), organization.Kind))
            .Where(open => open.Place.IsBelow)
            .CountBy(open => (open.Place.Child?.Id, open.Kind)).ToDictionary();
    }

    /// <summary>All organizations of the tenant.</summary>
    public OrganizationMap Organizations { get; }

    /// <summary>The organization at the top; null when there is no such one.</summary>
    public MappedOrganization? Top { get; }

    /// <summary>The state of the plans when they were read.</summary>
    public PlansState State { get; }

    /// <summary>The tallies.</summary>
    public IReadOnlyList<MappedTally> All { get; }

    /// <summary>The children of the top, by name.</summary>
    public IReadOnlyList<MappedOrganization> Children { get; }

    /// <summary>How many open organizations of each kind there are: of each child with all below it, and with null of the top itself.</summary>
    public IReadOnlyDictionary<(Guid? Child, OrganizationKind Kind), int> Open { get; }

    /// <summary>What <see cref="PlansState.ReadAsync"/> reads; $1 tenant, $2 the organization at the top unless it is all of the tenant.</summary>
    public static string StateSql(bool ofTenant) => ofTenant ? $"{Hashes} {AtWork}" : $"{Hashes} {Below} {AtWork}";

    /// <summary>What <see cref="ReadAsync"/> reads; the same parameters.</summary>
    public static string Sql(bool ofTenant) => ofTenant ? $"{Tallies} {AtWork}" : $"{Tallies} {Below} {AtWork}";

    /// <summary>Reads the rows of <see cref="Sql"/>; null when one is of an organization that the map does not know.</summary>
    public static async Task<MappedTallies?> ReadAsync(OrganizationMap organizations, Guid? topId, PlansState state, NpgsqlDataReader rows, CancellationToken ct)
    {
        var top = topId is { } id ? organizations.Find(id) : organizations.OnlyRoot;
        var all = new List<MappedTally>((int)state.Plans);
        while (top is not null && await rows.ReadAsync(ct))
        {
            if (organizations.Find(rows.GetGuid(0)) is not { } organization)
                return null;
            if (OrganizationMap.Place(organization, top) is not (true, var child))
                continue;
            all.Add(new(
                organization, child?.Id, EnumText.Parse<PlanStatus>(rows.GetString(1)), Ints(2), Ints(3), Ints(4), Ints(5), Ints(6), rows.GetInt32(7), rows.GetDecimal(8),
                rows.GetDecimal(9), rows.GetDecimal(10), rows.GetDecimal(11)));
        }

        return new(organizations, top, state, all);

        int[] Ints(int column) => PackedInts.Unpack(rows.GetFieldValue<byte[]>(column));
    }
}

/// <summary>The tallies that were read, of tenants and of organizations; whoever uses them asks first whether they still hold.</summary>
internal sealed class TallyCache
{
    private const int MaxRemembered = 1_000;

    private readonly ConcurrentDictionary<(Guid TenantId, Guid? TopId), MappedTallies> _tallies = new();

    public MappedTallies? Find(Guid tenantId, Guid? topId) => _tallies.GetValueOrDefault((tenantId, topId));

    public void Remember(Guid tenantId, Guid? topId, MappedTallies tallies)
    {
        if (_tallies.Count >= MaxRemembered)
            _tallies.Clear();
        _tallies[(tenantId, topId)] = tallies;
    }
}
