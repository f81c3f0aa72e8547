using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Domain;

namespace PLService.Api.Persistence;

internal static class Saving
{
    /// <summary>
    /// Saves; when a unique index refuses, that is <paramref name="taken"/> and not an exception. Told by SQLSTATE, never by the
    /// constraint's name, which a sharded table suffixes.
    /// </summary>
    public static async Task<DomainError?> TrySaveAsync(this PLServiceDbContext db, DomainError taken, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return taken;
        }
    }
}
