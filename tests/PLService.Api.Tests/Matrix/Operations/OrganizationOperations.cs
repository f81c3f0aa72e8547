using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class OrganizationOperations
{
    public static void Map(OperationMap map)
    {
        map.Naming("CreateOrganization", "organization.unknown_parent",
            a => Task.FromResult(Post("/v1/organizations", new { kind = "school", name = a.Text("New school"), parentId = a.DistrictX })));
        map.Resource("GetOrganization", async a => Get($"/v1/organizations/{(await a.NewOrganizationAsync()).Id()}"));
        map.List("ListOrganizations", async a => Get($"/v1/organizations?limit=500&name={(await a.NewOrganizationAsync())["name"]}"));
    }
}
