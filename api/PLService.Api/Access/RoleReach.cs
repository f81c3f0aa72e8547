using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>Nobody gives, changes or ends a role that allows something which they may not do themselves in that place, nor one where they do not reach.</summary>
internal sealed class RoleReach(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    /// <summary>Whether the caller can give this role in this organization; null is the whole tenant.</summary>
    public Task<bool> CanGiveAsync(Role role, Guid? organizationId, CancellationToken ct) => CanGiveAllAsync([new(role, organizationId)], ct);

    /// <summary>Whether the caller can give each of these.</summary>
    public async Task<bool> CanGiveAllAsync(IReadOnlyCollection<Grant> roles, CancellationToken ct) => (await BeyondAsync(roles, ct)).Count == 0;

    /// <summary>Those of these that the caller cannot give.</summary>
    public async Task<HashSet<Grant>> BeyondAsync(IReadOnlyCollection<Grant> roles, CancellationToken ct)
    {
        var above = await AboveAsync(roles, ct);
        return [.. roles.Where(role => !Reaches(role.OrganizationId, above) || !ScopesAt(role.OrganizationId, above).IsSupersetOf(Roles.ScopesOf(role.Role)))];
    }

    /// <summary>
    /// Which roles the caller can give where, whatever is being asked: an entry for each place from which that follows. What several roles would allow
    /// only together in places of different height is not counted.
    /// </summary>
    public IReadOnlyList<GivenRoles> Gives()
    {
        if (caller.Grants is not { } grants)
            return caller.Scopes.Contains(Scopes.PeopleWrite) ? [new(caller.Roots, GivenBy(caller.Scopes))] : [];
        return
        [
            .. grants.GroupBy(grant => grant.OrganizationId, grant => Roles.ScopesOf(grant.Role))
                .Select(place => (Root: place.Key, Scopes: place.SelectMany(scopes => scopes).ToHashSet(StringComparer.Ordinal)))
                .Where(place => place.Scopes.Contains(Scopes.PeopleWrite))
                .Select(place => new GivenRoles(place.Root is { } root ? [root] : null, GivenBy(place.Scopes))),
        ];
    }

    private static Role[] GivenBy(IReadOnlySet<string> scopes) => [.. Enum.GetValues<Role>().Where(role => scopes.IsSupersetOf(Roles.ScopesOf(role)))];

    /// <summary>
    /// Whether the caller can decide who holds the roles that this person has or will have: whoever can write the person's e-mail address can
    /// become the person. A machine is asked for its reach alone: it was made to keep people, and cannot sign in as one.
    /// </summary>
    public async Task<bool> CouldGiveRolesOfAsync(Guid personId, CancellationToken ct)
    {
        var roles = await RolesOfAsync(personId, ct);
        if (caller.PersonId is not null)
            return await CanGiveAllAsync(roles, ct);

        var above = await AboveAsync(roles, ct);
        return roles.TrueForAll(role => Reaches(role.OrganizationId, above));
    }

    /// <summary>
    /// Whether the caller may take all roles from this person at once. The employer can, wherever they hold; but no person shuts out somebody whose
    /// role allows more than their own.
    /// </summary>
    public async Task<bool> CanShutOutAsync(Guid personId, CancellationToken ct) =>
        caller.PersonId is null || (await RolesOfAsync(personId, ct)).TrueForAll(role => caller.Scopes.IsSupersetOf(Roles.ScopesOf(role.Role)));

    /// <summary>Those of many people for whom <see cref="CouldGiveRolesOfAsync"/> is false.</summary>
    public async Task<HashSet<Guid>> RolesBeyondAsync(IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var held = await RolesOfAsync(people, ct);
        var above = await AboveAsync([.. held.Select(h => h.Grant).Distinct()], ct);
        return [.. held.Where(h => !Reaches(h.Grant.OrganizationId, above)
            || (caller.PersonId is not null && !ScopesAt(h.Grant.OrganizationId, above).IsSupersetOf(Roles.ScopesOf(h.Grant.Role)))).Select(h => h.PersonId)];
    }

    /// <summary>Those of many people for whom <see cref="CanShutOutAsync"/> is false.</summary>
    public async Task<HashSet<Guid>> NotToShutOutAsync(IReadOnlyCollection<Guid> people, CancellationToken ct) => caller.PersonId is null
        ? []
        : [.. (await RolesOfAsync(people, ct)).Where(h => !caller.Scopes.IsSupersetOf(Roles.ScopesOf(h.Grant.Role))).Select(h => h.PersonId)];

    private async Task<List<(Guid PersonId, Grant Grant)>> RolesOfAsync(IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        var held = await db.Memberships.Where(m => people.Contains(m.PersonId) && (m.EndsOn == null || m.EndsOn >= yesterday))
            .Select(m => new { m.PersonId, m.Role, m.OrganizationId }).ToListAsync(ct);
        return held.ConvertAll(m => (m.PersonId, new Grant(m.Role, m.OrganizationId)));
    }

    private Task<List<Grant>> RolesOfAsync(Guid personId, CancellationToken ct)
    {
        // A day ago it was yesterday everywhere: a role that ended before that has ended in every time zone.
        var yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        return db.Memberships.Where(m => m.PersonId == personId && (m.EndsOn == null || m.EndsOn >= yesterday))
            .Select(m => new Grant(m.Role, m.OrganizationId)).ToListAsync(ct);
    }

    /// <summary>Each of the organizations with itself and all that is above it.</summary>
    private async Task<ILookup<Guid, Guid>> AboveAsync(IReadOnlyCollection<Grant> roles, CancellationToken ct)
    {
        var places = roles.Select(role => role.OrganizationId).OfType<Guid>().Distinct().ToArray();
        var pairs = places.Length == 0 ? [] : await db.OrganizationClosure.Where(c => places.Contains(c.DescendantId)).Select(c => new { c.DescendantId, c.AncestorId }).ToListAsync(ct);
        return pairs.ToLookup(pair => pair.DescendantId, pair => pair.AncestorId);
    }

    private bool Reaches(Guid? organizationId, ILookup<Guid, Guid> above) =>
        organizationId is { } id ? above.Contains(id) && (caller.Roots is not { } roots || above[id].Any(roots.Contains)) : caller.ReachesAll;

    private IReadOnlySet<string> ScopesAt(Guid? organizationId, ILookup<Guid, Guid> above) => caller.Grants is not { } grants
        ? caller.Scopes
        : grants.Where(grant => grant.OrganizationId is not { } root || (organizationId is { } id && above[id].Contains(root)))
            .SelectMany(grant => Roles.ScopesOf(grant.Role)).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Roles that can be given below these roots.</summary>
/// <param name="Roots">The roots; null is the whole tenant.</param>
/// <param name="Roles">The roles.</param>
internal sealed record GivenRoles(Guid[]? Roots, Role[] Roles);
