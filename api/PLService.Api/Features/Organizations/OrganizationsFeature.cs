namespace PLService.Api.Features.Organizations;

internal static class OrganizationsFeature
{
    public static void AddOrganizations(this IServiceCollection services) => services.AddScoped<OrganizationTree>();

    /// <summary>Every organization route, in one place: what is not listed here is not served.</summary>
    public static void MapOrganizations(this RouteGroupBuilder v1)
    {
        var organizations = v1.MapGroup("/organizations").WithTags("Organizations");
        CreateOrganization.Map(organizations);
        ListOrganizations.Map(organizations);
        GetOrganization.Map(organizations);
    }
}
