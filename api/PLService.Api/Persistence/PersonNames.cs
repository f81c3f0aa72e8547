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
}
