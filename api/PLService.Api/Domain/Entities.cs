namespace PLService.Api.Domain;

/// <summary>Belongs to one tenant: the database refuses to show it to another. <c>TenantId</c> is set when it is first saved.</summary>
public interface ITenantOwned
{
    /// <summary>The tenant, and the first part of the key.</summary>
    Guid TenantId { get; }
}

/// <summary>Has rows of the system catalog too (the nil tenant): every tenant reads them beside its own, none writes them.</summary>
public interface IInCatalog : ITenantOwned;

/// <summary>Has a version that grows by one with each change; it is the ETag of the resource.</summary>
public interface IVersioned
{
    /// <summary>1 when created, +1 per change.</summary>
    long Version { get; }
}

/// <summary>Base of what a tenant owns and changes: id, version and times are kept by the persistence layer.</summary>
public abstract class TenantEntity : ITenantOwned, IVersioned
{
    /// <inheritdoc/>
    public Guid TenantId { get; private init; }

    /// <summary>UUIDv7, made by the service.</summary>
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <inheritdoc/>
    public long Version { get; private set; } = 1;

    /// <summary>When it was created, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }
}
