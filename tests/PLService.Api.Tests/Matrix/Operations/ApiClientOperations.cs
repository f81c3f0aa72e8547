using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ApiClientOperations
{
    private static readonly string[] Given = [Scopes.OrganizationsRead];

    public static void Map(OperationMap map)
    {
        map.Machine("WhoAmI", _ => Task.FromResult(Get("/v1/whoami")));
        map.Naming("CreateApiClient", "api_client.beyond_your_reach",
            a => Task.FromResult(Post("/v1/api-clients", new { name = a.Text("Client"), scopes = Given, organizationId = a.DistrictX })));
        map.List("ListApiClients", async a =>
        {
            await NewAsync(a);
            return Get("/v1/api-clients?limit=500&count=true");
        });
        map.Resource("GetApiClient", async a => Get(await AddressAsync(a)));
        map.Resource("ChangeApiClient", async a => Put(await AddressAsync(a), new { name = a.Text("Changed"), scopes = Given }, "*"));
        map.Resource("AddApiClientSecret", async a => Post($"{await AddressAsync(a)}/secrets"));
        map.Resource("RevokeApiClientSecret", async a =>
        {
            var made = await NewAsync(a);
            return Delete($"/v1/api-clients/{made["client"]!.AsObject().Id()}/secrets/{made["secret"]!.AsObject().Id()}");
        });
        map.Resource("RevokeApiClient", async a => Post($"{await AddressAsync(a)}/revoke"));
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/api-clients/{(await NewAsync(a))["client"]!.AsObject().Id()}";

    /// <summary>A client of district X.</summary>
    private static async Task<JsonObject> NewAsync(Side a)
    {
        var made = await a.Everything.CreateAsync("/v1/api-clients", new { name = a.Text("Client"), scopes = Given, organizationId = a.DistrictX });
        a.Remember(made["client"]!.AsObject());
        return made;
    }
}
