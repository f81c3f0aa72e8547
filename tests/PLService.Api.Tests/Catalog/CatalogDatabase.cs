using PLService.Api.Access;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Catalog;

/// <summary>The catalog's rows, as the owner role that loads them sees them.</summary>
internal static class CatalogDatabase
{
    public static PLServiceDbContext Open(TestDatabase database, TimeProvider? clock = null)
    {
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(Guid.Empty));
        return PersistenceServices.OwnerContext(database.Owner, caller, clock ?? TimeProvider.System);
    }
}
