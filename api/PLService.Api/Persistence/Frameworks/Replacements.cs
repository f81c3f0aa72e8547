using Microsoft.EntityFrameworkCore;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>Which standards replace which, in however many steps.</summary>
internal static class Replacements
{
    /// <summary>Two replacements at a time, each right alone, could make a circle together. The lock goes with the transaction.</summary>
    public static Task LockReplacementsAsync(this PLServiceDbContext db, CancellationToken ct)
    {
        var name = $"pls.replacements {db.TenantId:D}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
    }

    /// <summary>Whether a standard is <paramref name="later"/> or is replaced by it, directly or through others.</summary>
    public static async Task<bool> ReplacesAsync(this PLServiceDbContext db, Guid earlier, Guid later, CancellationToken ct) =>
        earlier == later || await db.Database.SqlQuery<bool>(
            $"""
             with recursive ahead(id) as (
                 select {earlier}
                 union
                 select a.destination_id from ahead join pls.standard_association a
                     on a.tenant_id in ({db.TenantId}, {Guid.Empty}) and a.type = 'replacedBy' and a.origin_id = ahead.id and a.destination_id is not null
             )
             select exists (select 1 from ahead where id = {later}) as "Value"
             """).SingleAsync(ct);
}
