using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>Finds and locks people.</summary>
internal static class PersonLookup
{
    /// <summary>The person that the caller reaches and that has this outside id now: none or one.</summary>
    public static IQueryable<Person> WithOutsideId(this IQueryable<Person> people, PLServiceDbContext db, OutsideId id) =>
        people.Where(p => db.PersonIdentifiers.Any(i => i.PersonId == p.Id && i.System == id.System && i.Value == id.Value && i.ValidTo == null));

    /// <summary>Locks the row, for changes of the person and of what belongs to it.</summary>
    public static Task LockPersonAsync(this PLServiceDbContext db, Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from pls.person where tenant_id = {db.TenantId} and id = {id} for no key update", ct);

    /// <summary>Locks an outside id, for whoever gives it to somebody: two at once must see each other.</summary>
    public static Task LockOutsideIdAsync(this PLServiceDbContext db, OutsideId id, CancellationToken ct)
    {
        var name = $"pls.person_identifier {db.TenantId:D} {id.System} {id.Value}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
    }

    /// <summary>The day that it is where the person is.</summary>
    public static async Task<DateOnly> TodayOfAsync(this PLServiceDbContext db, Person person, DateTimeOffset now, CancellationToken ct)
    {
        var zone = person.TimeZone ?? await db.Organizations.Where(o => o.Id == person.OrganizationId).Select(o => o.TimeZone).SingleOrDefaultAsync(ct) ?? "UTC";
        return LocalDay.In(zone, now);
    }
}
