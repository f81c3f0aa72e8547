using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Catalog;
using PLService.Api.Persistence;

namespace PLService.Api.Commands;

/// <summary>Brings the schema and the system catalog up to date, as the owner role. Safe to run from several processes at once.</summary>
public static class Migrate
{
    internal static async Task<int> RunAsync()
    {
        await RunAsync(Settings.Owner(Settings.FromEnvironment()), CancellationToken.None);
        Console.WriteLine("The database is up to date.");
        return 0;
    }

    /// <summary>Migrates the database of the owner's connection string and loads the catalog.</summary>
    public static async Task RunAsync(string ownerConnectionString, CancellationToken ct)
    {
        var caller = new Caller();
        await using (var db = PersistenceServices.OwnerContext(ownerConnectionString, caller, TimeProvider.System))
        {
            await db.Database.MigrateAsync(ct);
        }

        caller.Become(CallerIdentity.Service(Guid.Empty));
        await using var catalog = PersistenceServices.OwnerContext(ownerConnectionString, caller, TimeProvider.System);
        await CatalogLoader.LoadAsync(catalog, TimeProvider.System, ct);
    }
}
