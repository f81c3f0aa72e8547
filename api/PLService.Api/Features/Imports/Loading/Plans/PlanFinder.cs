using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>An organization whose plans a file tells.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="IsReached">Whether the sender reaches it.</param>
/// <param name="IsLed">Whether the sender writes whole plans there.</param>
/// <param name="IsClosed">Whether it is closed.</param>
/// <param name="Today">The day there.</param>
internal sealed record PlanPlace(Guid Id, bool IsReached, bool IsLed, bool IsClosed, DateOnly Today);

/// <summary>What the rows of a file of plans name outside of plans.</summary>
internal sealed record PlanFacts(
    IReadOnlyDictionary<OrganizationReference, PlanPlace> Places, IReadOnlyDictionary<string, KnownPerson> Owners, IReadOnlySet<ServedStandard> UnknownStandards);

/// <summary>Finds all that a file of plans names outside of plans, each kind in one query.</summary>
internal sealed class PlanFinder(PLServiceDbContext db, Caller caller, Leadership leadership, PlanReferences references, TimeProvider clock)
{
    public async Task<PlanFacts> FindAsync(IReadOnlyList<PlanRow> rows, CancellationToken ct)
    {
        var owners = rows.Where(row => row.Email is not null).DistinctBy(row => row.Email, StringComparer.OrdinalIgnoreCase).ToList();
        var people = await new PersonFinder(db, caller).FindAsync(owners, ct);
        var served = rows.SelectMany(row => new[] { row.Of(PlanRowType.Strategy), row.Of(PlanRowType.Step) }).SelectMany(PlanMerging.Serves).Distinct().ToList();
        return new(
            await PlacesAsync(rows, ct),
            owners.Where(people.ContainsKey).ToDictionary(row => row.Email!, row => people[row], StringComparer.OrdinalIgnoreCase),
            (await references.UnknownAsync(served, ct)).ToHashSet());
    }

    private async Task<Dictionary<OrganizationReference, PlanPlace>> PlacesAsync(IReadOnlyList<PlanRow> rows, CancellationToken ct)
    {
        var found = await new OrganizationFinder(db, caller).FindAsync(rows.Select(row => row.Organization), ct);
        var ids = found.Values.Select(known => known.Id).Distinct().ToArray();
        var led = await leadership.AmongAsync(Scopes.PlansWrite, ids, ct);
        var states = await db.Organizations.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Status, o.TimeZone }).ToDictionaryAsync(o => o.Id, ct);
        var now = clock.GetUtcNow();
        return found.ToDictionary(pair => pair.Key, pair => new PlanPlace(
            pair.Value.Id, pair.Value.IsReached, led.Contains(pair.Value.Id), states[pair.Value.Id].Status is OrganizationStatus.Closed,
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(states[pair.Value.Id].TimeZone)).DateTime)));
    }
}
