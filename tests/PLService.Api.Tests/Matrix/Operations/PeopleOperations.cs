using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class PeopleOperations
{
    public static void Map(OperationMap map)
    {
        MapPeople(map);
        MapIdentifiers(map);
        MapMemberships(map);
    }

    private static void MapPeople(OperationMap map)
    {
        map.Naming("CreatePerson", "person.unknown_organization",
            a => Task.FromResult(Post("/v1/people", new { name = a.Text("New person"), organizationId = a.DistrictX })));
        map.List("ListPeople", async a => Get($"/v1/people?limit=500&q={(string)(await a.NewPersonAsync())["name"]!}"));
        map.Resource("GetPerson", async a => Get(await AddressAsync(a)));
        map.Resource("ReplacePerson", async a => Put(await AddressAsync(a), new { name = a.Text("Replaced"), organizationId = a.DistrictX }, "*"));
        map.Resource("PatchPerson", async a => Patch(await AddressAsync(a), new { name = a.Text("Patched") }, "*"));
        map.Resource("DeletePerson", async a => Delete(await AddressAsync(a), "*"));
        map.Resource("DeactivatePerson", async a => Post($"{await AddressAsync(a)}/deactivate", null, "*"));
        map.Resource("ReactivatePerson", async a =>
        {
            var address = await AddressAsync(a);
            await a.ChangeAsync(HttpMethod.Post, $"{address}/deactivate", address);
            return Post($"{address}/reactivate", null, "*");
        });
    }

    private static void MapIdentifiers(OperationMap map)
    {
        map.Resource("GetPersonByIdentifier", async a => Get($"/v1/people/by-id/hr/{(await a.NewPersonAsync())["identifiers"]![0]!["value"]}"));
        map.Naming("PutPersonByIdentifier", "person.unknown_organization", a => Task.FromResult(
            Put($"/v1/people/by-id/hr/{Guid.NewGuid():N}", new { name = a.Text("Upserted"), organization = new { id = a.DistrictX } })));
        map.Resource("ListPersonIdentifiers", async a => Get($"{await AddressAsync(a)}/identifiers"));
        map.Resource("AddPersonIdentifier", async a => Post($"{await AddressAsync(a)}/identifiers", new { system = "sis", value = Guid.NewGuid().ToString("N") }));
        map.Resource("EndPersonIdentifier", async a =>
        {
            var identifiers = $"{await AddressAsync(a)}/identifiers";
            var added = a.Remember(await a.Everything.CreateAsync(identifiers, new { system = "sis", value = Guid.NewGuid().ToString("N") }));
            return Post($"{identifiers}/{added.Id()}/end", new { });
        });
    }

    private static void MapMemberships(OperationMap map)
    {
        map.Resource("CreateMembership", async a => Post($"{await AddressAsync(a)}/memberships", new { role = "viewer", organizationId = a.DistrictX }));
        map.Resource("ListMembershipsOfPerson", async a => Get($"{await AddressAsync(a)}/memberships"));
        map.List("ListMemberships", async a =>
        {
            await a.NewMembershipAsync();
            return Get($"/v1/memberships?limit=500&organizationId={a.DistrictX}");
        });
        map.Resource("GetMembership", async a => Get(await a.NewMembershipAsync()));
        map.Resource("ReplaceMembership", async a => Put(await a.NewMembershipAsync(), new { endsOn = "2027-06-30" }, "*"));
        map.Resource("DeleteMembership", async a => Delete(await a.NewMembershipAsync(), "*"));
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/people/{(await a.NewPersonAsync()).Id()}";
}
