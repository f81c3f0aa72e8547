using System.Collections.Concurrent;
using System.Security.Claims;
using Npgsql;
using NpgsqlTypes;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>A membership that holds today.</summary>
/// <param name="Role">The role.</param>
/// <param name="OrganizationId">The root of where it holds; null is the whole tenant.</param>
public sealed record Grant(Role Role, Guid? OrganizationId);

/// <summary>
/// What a person may do: a change takes effect with the next request. From all grants it makes the pair that everything else goes by: for the scope that
/// an endpoint needs, the roots where the person has it, and the scopes that hold at every one of them.
/// </summary>
internal sealed class PersonGrants(NpgsqlDataSource source, GrantCache cache, TimeProvider clock)
{
    // By the set of roles: making the claims anew costs as much as a small read.
    private static readonly ConcurrentDictionary<int, ClaimsPrincipal> PrincipalsOfRoles = new();

    private const string Sql =
        """
        select m.role, m.organization_id, s.expires_at
        from pls.person p
        left join pls.person_session s on s.tenant_id = p.tenant_id and s.id = $3 and s.person_id = p.id and s.revoked_at is null and s.expires_at > $4
        left join pls.membership m on m.tenant_id = p.tenant_id and m.person_id = p.id
            and (m.starts_on is null or m.starts_on <= (now() at time zone coalesce((select o.time_zone from pls.organization o where o.tenant_id = m.tenant_id and o.id = m.organization_id), 'UTC'))::date)
            and (m.ends_on is null or m.ends_on >= (now() at time zone coalesce((select o.time_zone from pls.organization o where o.tenant_id = m.tenant_id and o.id = m.organization_id), 'UTC'))::date)
        where p.tenant_id = $1 and p.id = $2 and p.status = 'active' and ($3::uuid is null or s.id is not null)
        """;

    /// <summary>The person's grants; null when there is no such person, or not an active one, or when the session has ended.</summary>
    public async ValueTask<IReadOnlyList<Grant>?> FindAsync(CallerIdentity person, CancellationToken ct)
    {
        if (cache.Find(person) is { } known)
            return known;
        var changes = cache.Changes(person.PersonId!.Value);
        var (grants, end) = await ReadAsync(person, ct);
        if (grants is not null)
            cache.Remember(person, grants, changes, end);
        return grants;
    }

    private Task<(IReadOnlyList<Grant>? Grants, DateTimeOffset? End)> ReadAsync(CallerIdentity person, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(person);
        return new TenantReader(source, caller).ExecuteAsync<(IReadOnlyList<Grant>?, DateTimeOffset?)>(
            new NpgsqlBatchCommand(Sql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = person.TenantId },
                    new NpgsqlParameter<Guid> { TypedValue = person.PersonId!.Value },
                    new NpgsqlParameter { Value = person.SessionId is { } session ? session : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                    new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime },
                },
            },
            async (rows, token) =>
            {
                List<Grant>? grants = null;
                DateTimeOffset? end = null;
                while (await rows.ReadAsync(token))
                {
                    grants ??= [];
                    end = rows.IsDBNull(2) ? null : rows.GetFieldValue<DateTimeOffset>(2);
                    if (!rows.IsDBNull(0))
                        grants.Add(new(EnumText.Parse<Role>(rows.GetString(0)), rows.IsDBNull(1) ? null : rows.GetGuid(1)));
                }

                return (grants, end);
            },
            ct);
    }

    /// <summary>What support sees: all that the role of its grant reads.</summary>
    public static CallerIdentity OfSupport(CallerIdentity support, Grant grant) => support with
    {
        Roots = grant.OrganizationId is { } root ? [root] : null,
        Scopes = Roles.ScopesOf(grant.Role).Where(scope => scope.EndsWith(":read", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>The person as the caller of an endpoint that needs <paramref name="scope"/>; without one, everything that any grant reaches.</summary>
    public static CallerIdentity Narrow(CallerIdentity person, IReadOnlyList<Grant> grants, string? scope)
    {
        if (grants is [var only])
        {
            return scope is null || Roles.ScopesOf(only.Role).Contains(scope)
                ? person with { Roots = only.OrganizationId is { } place ? [place] : null, Scopes = Roles.ScopesOf(only.Role), Grants = grants }
                : person;
        }

        // Several roles in one place add up there.
        var places = grants
            .GroupBy(grant => grant.OrganizationId, grant => Roles.ScopesOf(grant.Role))
            .Select(place => (Root: place.Key, Scopes: place.SelectMany(scopes => scopes).ToHashSet(StringComparer.Ordinal)))
            .Where(place => scope is null || place.Scopes.Contains(scope))
            .ToList();
        if (places.Count == 0)
            return person;

        var everywhere = places[0].Scopes;
        foreach (var place in places.Skip(1))
            everywhere.IntersectWith(place.Scopes);
        var roots = places.Exists(place => place.Root is null) ? null : places.Select(place => place.Root!.Value).ToArray();
        return person with { Roots = roots, Scopes = everywhere, Grants = grants };
    }

    /// <summary>What authorization goes by: every scope that the person has somewhere. Shared: who adds claims clones the identity.</summary>
    public static ClaimsPrincipal PrincipalOf(IReadOnlyList<Grant> grants)
    {
        var roles = 0;
        foreach (var grant in grants)
            roles |= 1 << (int)grant.Role;
        return PrincipalsOfRoles.GetOrAdd(roles, static held => Principals.Of(
            Principals.Person, Enum.GetValues<Role>().Where(role => (held & (1 << (int)role)) != 0).SelectMany(Roles.ScopesOf).Distinct(StringComparer.Ordinal)));
    }
}
