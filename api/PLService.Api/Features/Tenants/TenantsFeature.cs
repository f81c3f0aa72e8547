namespace PLService.Api.Features.Tenants;

internal static class TenantsFeature
{
    /// <summary>The tenant's own settings.</summary>
    public static void MapTenant(this RouteGroupBuilder v1)
    {
        var tenant = v1.MapGroup("/tenant").WithTags("Tenant");
        GetTenant.Map(tenant);
        ChangeTenant.Map(tenant);
    }
}
