using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.PlanFiles;

/// <summary>Reads plans as rows of a file, a hundred at a time.</summary>
internal sealed class PlanFileReader(PLServiceDbContext db, Caller caller, Leadership leadership)
{
    private const int AtOnce = 100;

    private static readonly PlanPartKind[] Kinds = [PlanPartKind.Strategy, PlanPartKind.Step, PlanPartKind.Obstacle];

    /// <summary>The plans in the order of the file, which hangs on nothing that differs between tenants.</summary>
    public async Task<IReadOnlyList<Guid>> FindAsync(ExportPlans.Request request, CancellationToken ct)
    {
        var found = db.ReachablePlans().AsNoTracking();
        found = request.Status is { } status ? found.Where(plan => plan.Status == status) : found.Where(plan => plan.Status != PlanStatus.Archived);
        if (request.OrganizationId is { } organization)
            found = found.Where(plan => plan.OrganizationId == organization);
        if (request.WithinOrganizationId is { } root)
            found = found.Where(plan => db.OrganizationClosure.Any(c => c.AncestorId == root && c.DescendantId == plan.OrganizationId));
        return await (
            from plan in found
            join place in db.Organizations on plan.OrganizationId equals place.Id
            orderby place.Name, plan.StartsOn, plan.ExternalId ?? plan.Id.ToString(), plan.Id
            select plan.Id).ToListAsync(ct);
    }

    public async IAsyncEnumerable<IReadOnlyDictionary<Field, string>> ReadAsync(IReadOnlyList<Guid> plans, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var ids in plans.Chunk(AtOnce))
        {
            var found = await db.ReachablePlans().AsNoTracking().Where(plan => ids.Contains(plan.Id)).ToDictionaryAsync(plan => plan.Id, ct);
            var parts = (await db.PlanParts.AsNoTracking().Where(part => ids.Contains(part.PlanId) && Kinds.Contains(part.Kind)).OrderBy(part => part.Position).ThenBy(part => part.Id).ToListAsync(ct))
                .ToLookup(part => part.PlanId);
            var places = await PlacesAsync([.. found.Values.Select(plan => plan.OrganizationId).Distinct()], ct);
            var owners = await OwnersAsync(found.Values, parts, ct);
            foreach (var plan in ids.Where(found.ContainsKey).Select(id => found[id]))
            {
                foreach (var row in PlanFileRows.Of(plan, [.. parts[plan.Id]], places[plan.OrganizationId], owners))
                    yield return row;
            }
        }
    }

    // By the outside id that other systems most likely know; the service's own where there is none.
    private async Task<Dictionary<Guid, (string? System, string Value)>> PlacesAsync(Guid[] organizations, CancellationToken ct)
    {
        var known = (await db.OrganizationIdentifiers.AsNoTracking().Where(id => organizations.Contains(id.OrganizationId) && id.ValidTo == null)
            .Select(id => new { id.OrganizationId, id.System, id.Value }).ToListAsync(ct)).ToLookup(id => id.OrganizationId);
        return organizations.ToDictionary(id => id, id => known[id].OrderBy(one => one.System is "nces" ? 0 : one.System is "state" ? 1 : 2)
            .ThenBy(one => one.System, StringComparer.Ordinal).ThenBy(one => one.Value, StringComparer.Ordinal).Select(one => ((string?)one.System, one.Value)).FirstOrDefault((null, id.ToString())));
    }

    private async Task<IReadOnlyDictionary<Guid, string>> OwnersAsync(IReadOnlyCollection<Plan> plans, ILookup<Guid, PlanPart> parts, CancellationToken ct)
    {
        if (caller.ApiClientId is not null && !caller.Scopes.Contains(Scopes.PeopleRead))
            return new Dictionary<Guid, string>();
        var told = await leadership.AmongAsync(Scopes.PeopleRead, [.. plans.Select(plan => plan.OrganizationId).Distinct()], ct);
        var ids = plans.Where(plan => told.Contains(plan.OrganizationId)).SelectMany(plan => parts[plan.Id]).Select(part => part.OwnerPersonId).OfType<Guid>().Distinct().ToArray();
        return ids.Length == 0
            ? new Dictionary<Guid, string>()
            : await db.People.AsNoTracking().Where(person => ids.Contains(person.Id) && person.Email != null).ToDictionaryAsync(person => person.Id, person => person.Email!, ct);
    }
}
