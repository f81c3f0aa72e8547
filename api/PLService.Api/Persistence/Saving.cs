using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Domain;

namespace PLService.Api.Persistence;

internal static class Saving
{
    /// <summary>Counts a change of what belongs to <paramref name="entity"/> as a change of it: its version grows with the next save.</summary>
    public static void Touch<T>(this PLServiceDbContext db, T entity)
        where T : TenantEntity => db.Entry(entity).Property(row => row.UpdatedAt).IsModified = true;

    /// <summary>Names of the members of <paramref name="entity"/> that the next save will change, as the contract writes them.</summary>
    public static IReadOnlyList<string> ChangedMembersOf<T>(this PLServiceDbContext db, T entity)
        where T : TenantEntity =>
        [.. db.Entry(entity).Properties.Where(property => property.IsModified).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Metadata.Name))];

    /// <summary>Saves; when a foreign key refuses to let a row go, that is <paramref name="inUse"/> and not an exception.</summary>
    public static Task<DomainError?> TryRemoveAsync(this PLServiceDbContext db, DomainError inUse, CancellationToken ct) =>
        TrySaveAsync(db, PostgresErrorCodes.ForeignKeyViolation, inUse, ct);

    /// <summary>
    /// Saves; when a unique index refuses, that is <paramref name="taken"/> and not an exception. Told by SQLSTATE, never by the
    /// constraint's name, which a sharded table suffixes.
    /// </summary>
    public static Task<DomainError?> TrySaveAsync(this PLServiceDbContext db, DomainError taken, CancellationToken ct) =>
        TrySaveAsync(db, PostgresErrorCodes.UniqueViolation, taken, ct);

    private static async Task<DomainError?> TrySaveAsync(PLServiceDbContext db, string sqlState, DomainError refusal, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException postgres && postgres.SqlState == sqlState)
        {
            return refusal;
        }
    }
}
