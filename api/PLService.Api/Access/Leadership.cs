using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>Says whether the caller does work for everybody in an organization, or only their own part of it.</summary>
internal sealed class Leadership(PLServiceDbContext db, Caller caller)
{
    /// <summary>The organizations among these for all of which the caller may do this, by a role above participant or as a machine, whose scope is asked for where it comes in.</summary>
    /// <param name="scope">What is done.</param>
    /// <param name="organizations">Where.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<HashSet<Guid>> AmongAsync(string scope, IReadOnlyCollection<Guid> organizations, CancellationToken ct)
    {
        if (caller.PersonId is null)
            return caller.ApiClientId is not null ? [.. organizations] : [];

        var places = (caller.Grants ?? []).Where(grant => grant.Role is not Role.Participant && Roles.ScopesOf(grant.Role).Contains(scope)).Select(grant => grant.OrganizationId).ToList();
        if (places.Contains(null))
            return [.. organizations];
        var (roots, wanted) = (places.OfType<Guid>().ToArray(), organizations.ToArray());
        return roots.Length == 0 ? [] : await db.OrganizationClosure.Where(c => roots.Contains(c.AncestorId) && wanted.Contains(c.DescendantId)).Select(c => c.DescendantId).ToHashSetAsync(ct);
    }

    /// <summary>Whether the caller may do this for the whole organization: by a role above participant, or as a machine.</summary>
    /// <param name="scope">What is done.</param>
    /// <param name="organizationId">Where.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<bool> HasAsync(string scope, Guid organizationId, CancellationToken ct)
    {
        if (caller.PersonId is null)
            return caller.ApiClientId is not null;

        var leading = (caller.Grants ?? []).Where(grant => grant.Role is not Role.Participant && Roles.ScopesOf(grant.Role).Contains(scope)).ToList();
        if (leading.Exists(grant => grant.OrganizationId is null))
            return true;
        var roots = leading.Select(grant => grant.OrganizationId!.Value).ToArray();
        return roots.Length > 0 && await db.OrganizationClosure.AnyAsync(c => roots.Contains(c.AncestorId) && c.DescendantId == organizationId, ct);
    }
}
