namespace PLService.Api.Access;

/// <summary>On whose behalf the current unit of work runs. Set once, by the token handler or by the job that runs.</summary>
public sealed class Caller
{
    private CallerIdentity? _identity;

    /// <summary>True once a caller is known.</summary>
    public bool IsKnown => _identity is not null;

    /// <summary>The tenant whose rows can be seen.</summary>
    public Guid TenantId => Identity.TenantId;

    /// <summary>The API client; null for the service's own work.</summary>
    public Guid? ApiClientId => Identity.ApiClientId;

    /// <summary>The root of the organizations that can be reached; null is the whole tenant.</summary>
    public Guid? OrganizationId => Identity.OrganizationId;

    /// <summary>What the caller may do.</summary>
    public IReadOnlySet<string> Scopes => Identity.Scopes;

    private CallerIdentity Identity => _identity ?? throw new InvalidOperationException("No caller is known here: set one before touching data.");

    /// <summary>Names the caller for the rest of this scope.</summary>
    public void Become(CallerIdentity identity) => _identity = identity;
}

/// <summary>Who calls, as the token says.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ApiClientId">The API client, null for the service's own work.</param>
/// <param name="OrganizationId">The root of what can be reached, null for the whole tenant.</param>
/// <param name="Scopes">What may be done.</param>
public sealed record CallerIdentity(Guid TenantId, Guid? ApiClientId, Guid? OrganizationId, IReadOnlySet<string> Scopes)
{
    /// <summary>The service's own work for a tenant: all of it, and nothing by scope.</summary>
    public static CallerIdentity Service(Guid tenantId) => new(tenantId, null, null, new HashSet<string>());
}
