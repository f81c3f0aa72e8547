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
        map.Resource("ReplaceOrganization", async a => Put(await AddressAsync(a), new { kind = "school", name = a.Text("Replaced") }, "*"));
        map.Resource("PatchOrganization", async a => Patch(await AddressAsync(a), new { name = a.Text("Patched") }, "*"));
        map.Resource("DeleteOrganization", async a => Delete(await AddressAsync(a), "*"));

        map.Resource("GetOrganizationByIdentifier", async a => Get($"/v1/organizations/by-id/sis/{(await a.NewOrganizationAsync())["identifiers"]![0]!["value"]}"));
        map.Naming("PutOrganizationByIdentifier", "organization.unknown_parent", a => Task.FromResult(
            Put($"/v1/organizations/by-id/sis/{Guid.NewGuid():N}", new { kind = "school", name = a.Text("Upserted"), parent = new { id = a.DistrictX } })));
        map.Resource("ListIdentifiers", async a => Get($"{await AddressAsync(a)}/identifiers"));
        map.Resource("AddIdentifier", async a => Post($"{await AddressAsync(a)}/identifiers", new { system = "nces", value = Guid.NewGuid().ToString("N") }));
        map.Resource("EndIdentifier", async a =>
        {
            var identifiers = $"{await AddressAsync(a)}/identifiers";
            var added = a.Remember(await a.Everything.CreateAsync(identifiers, new { system = "nces", value = Guid.NewGuid().ToString("N") }));
            return Post($"{identifiers}/{added.Id()}/end", new { });
        });

        map.Resource("ListAncestors", async a => Get($"{await AddressAsync(a)}/ancestors"));
        map.Resource("ListDescendants", async a => Get($"{await AddressAsync(a)}/descendants"));
        map.Resource("MoveOrganization", async a => Post($"{await AddressAsync(a)}/move", new { parentId = (await a.NewOrganizationAsync()).Id() }, "*"));
        map.Resource("CloseOrganization", async a => Post($"{await AddressAsync(a)}/close", new { closedOn = "2026-06-30" }, "*"));
        map.Resource("ReopenOrganization", async a =>
        {
            var address = await AddressAsync(a);
            await a.Everything.SendJsonAsync(HttpMethod.Post, $"{address}/close", new { closedOn = "2026-06-30" }, "*");
            return Post($"{address}/reopen", null, "*");
        });
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/organizations/{(await a.NewOrganizationAsync()).Id()}";
}
