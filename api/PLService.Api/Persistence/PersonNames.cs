using Microsoft.EntityFrameworkCore;

namespace PLService.Api.Persistence;

internal static class PersonNames
{
    /// <summary>Names of people, for showing who did what; of whom there is none any more, nothing.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> NamesOfAsync(this PLServiceDbContext db, IEnumerable<Guid?> people, CancellationToken ct)
    {
        var ids = people.OfType<Guid>().Distinct().ToArray();
        return ids.Length == 0 ? new Dictionary<Guid, string>() : await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }

    /// <summary>Names of those who see to something: people and teams.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> OwnerNamesOfAsync(this PLServiceDbContext db, IEnumerable<Guid> owners, CancellationToken ct)
    {
        var ids = owners.Distinct().ToArray();
        return ids.Length == 0
            ? new Dictionary<Guid, string>()
            : await db.People.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name })
                .Concat(db.Teams.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }))
                .ToDictionaryAsync(owner => owner.Id, owner => owner.Name, ct);
    }
}
