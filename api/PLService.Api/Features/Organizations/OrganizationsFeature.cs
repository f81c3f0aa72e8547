using PLService.Api.Persistence.Organizations;

namespace PLService.Api.Features.Organizations;

internal static class OrganizationsFeature
{
    public static void AddOrganizations(this IServiceCollection services) => services.AddScoped<OrganizationTree>().AddScoped<OrganizationUpsert>();

    /// <summary>Every organization route, in one place: what is not listed here is not served.</summary>
    public static void MapOrganizations(this RouteGroupBuilder v1)
    {
        var organizations = v1.MapGroup("/organizations").WithTags("Organizations");
        CreateOrganization.Map(organizations);
        ListOrganizations.Map(organizations);
        GetOrganization.Map(organizations);
        ReplaceOrganization.Map(organizations);
        PatchOrganization.Map(organizations);
        DeleteOrganization.Map(organizations);

        GetOrganizationByIdentifier.Map(organizations);
        PutOrganizationByIdentifier.Map(organizations);
        ListIdentifiers.Map(organizations);
        AddIdentifier.Map(organizations);
        EndIdentifier.Map(organizations);

        ListAncestors.Map(organizations);
        ListDescendants.Map(organizations);
        MoveOrganization.Map(organizations);
        CloseOrganization.Map(organizations);
        ReopenOrganization.Map(organizations);
    }
}
