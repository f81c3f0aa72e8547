using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ApiClientOperations
{
    public static void Map(OperationMap map)
    {
        map.OwnTenant("WhoAmI", _ => Task.FromResult(Get("/v1/whoami")));
        map.Naming("CreateApiClient", "api_client.beyond_your_reach",
            a => Task.FromResult(Post("/v1/api-clients", new { name = a.Text("Client"), scopes = new[] { "tenant:read" }, organizationId = a.DistrictX })));
        map.Resource("GetApiClient", async a => Get($"/v1/api-clients/{(await a.NewApiClientAsync()).Id}"));
        map.List("ListApiClients", async a =>
        {
            await a.NewApiClientAsync();
            return Get("/v1/api-clients?limit=500&count=true");
        });
        map.Resource("ChangeApiClient", async a =>
        {
            var path = $"/v1/api-clients/{(await a.NewApiClientAsync()).Id}";
            return Put(path, new { name = a.Text("Client"), scopes = new[] { "organizations:read" } }, await a.TagAsync(path));
        });
        map.Resource("AddApiClientSecret", async a => Post($"/v1/api-clients/{(await a.NewApiClientAsync()).Id}/secrets"));
        map.Resource("RevokeApiClientSecret", async a =>
        {
            var (id, secret) = await a.NewApiClientAsync();
            return Delete($"/v1/api-clients/{id}/secrets/{secret}");
        });
        map.Resource("RevokeApiClient", async a => Post($"/v1/api-clients/{(await a.NewApiClientAsync()).Id}/revoke"));
    }
}
