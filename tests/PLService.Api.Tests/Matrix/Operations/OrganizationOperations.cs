using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class OrganizationOperations
{
    public static void Map(OperationMap map)
    {
        map.Naming("CreateOrganization", "organization.unknown_parent",
            a => Task.FromResult(Post("/v1/organizations", new { kind = "school", name = a.Text("New school"), parentId = a.DistrictX })));
        map.Resource("GetOrganization", async a => Get(PathOf(await a.NewOrganizationAsync())));
        map.List("ListOrganizations", async a => Get($"/v1/organizations?limit=500&count=true&name={((string)(await a.NewOrganizationAsync())["name"]!).Split(' ')[^1]}"));
        map.Resource("ListAncestors", async a => Get($"{PathOf(await a.NewOrganizationAsync())}/ancestors"));
        map.Resource("ListDescendants", async a => Get($"{PathOf(await a.NewOrganizationAsync())}/descendants"));
        map.Resource("ReplaceOrganization", async a =>
        {
            var school = await a.NewOrganizationAsync();
            return Put(PathOf(school), new { kind = "school", name = a.Text("Renamed") }, school.ETag());
        });
        map.Resource("PatchOrganization", async a =>
        {
            var school = await a.NewOrganizationAsync();
            return Patch(PathOf(school), new { name = a.Text("Renamed") }, school.ETag());
        });
        map.Resource("MoveOrganization", async a =>
        {
            JsonObject school = await a.NewOrganizationAsync(), parent = await a.NewOrganizationAsync();
            return Post($"{PathOf(school)}/move", new { parentId = parent.Id() }, school.ETag());
        });
        map.Resource("CloseOrganization", async a =>
        {
            var school = await a.NewOrganizationAsync();
            return Post($"{PathOf(school)}/close", new { closedOn = "2026-06-30" }, school.ETag());
        });
        map.Resource("ReopenOrganization", async a =>
        {
            var path = PathOf(await a.NewOrganizationAsync());
            await a.ChangeAsync(HttpMethod.Post, $"{path}/close", path, new { closedOn = "2026-06-30" });
            return Post($"{path}/reopen", ifMatch: await a.TagAsync(path));
        });
        map.Resource("DeleteOrganization", async a =>
        {
            var school = await a.NewOrganizationAsync();
            return Delete(PathOf(school), school.ETag());
        });
        MapIdentifiers(map);
    }

    private static void MapIdentifiers(OperationMap map)
    {
        map.Resource("ListIdentifiers", async a => Get($"{PathOf(await a.NewOrganizationAsync())}/identifiers"));
        map.Resource("AddIdentifier", async a => Post($"{PathOf(await a.NewOrganizationAsync())}/identifiers", NewIdentifier()));
        map.Resource("EndIdentifier", async a =>
        {
            var path = PathOf(await a.NewOrganizationAsync());
            var identifier = await a.Everything.CreateAsync($"{path}/identifiers", NewIdentifier());
            return Post($"{path}/identifiers/{identifier.Id()}/end", new { });
        });
        map.Resource("GetOrganizationByIdentifier", async a => Get(ByIdentifier(await a.NewOrganizationAsync())));
        // The outside id of an organization out of reach is taken, and a subtree takes no further root; another tenant makes an organization of its own.
        map.Resource("PutOrganizationByIdentifier", async a => Put(ByIdentifier(await a.NewOrganizationAsync()), new { kind = "school", name = a.Text("Renamed") }))
            .But(Expectation.AnyConflict, CallerKind.Sibling, CallerKind.Child)
            .But(Expectation.Nothing, CallerKind.OtherTenant);
    }

    private static string PathOf(JsonObject organization) => $"/v1/organizations/{organization.Id()}";

    private static string ByIdentifier(JsonObject organization) => $"/v1/organizations/by-id/sis/{organization["identifiers"]![0]!["value"]}";

    private static object NewIdentifier() => new { system = "state", value = Guid.NewGuid().ToString("N") };
}
