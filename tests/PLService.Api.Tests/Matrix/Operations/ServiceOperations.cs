using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ServiceOperations
{
    public static void Map(OperationMap map)
    {
        map.Public("GetLiveness", _ => Task.FromResult(Get("/livez")));
        map.Public("GetReadiness", _ => Task.FromResult(Get("/readyz")));
        map.Public("GetDiscovery", _ => Task.FromResult(Get("/v1")));
        map.Public("GetSigningKeys", _ => Task.FromResult(Get("/.well-known/jwks.json")));
        map.Public("GetServerMetadata", _ => Task.FromResult(Get("/.well-known/oauth-authorization-server")));
        map.Public("IssueToken", a => Task.FromResult(Send(HttpMethod.Post, "/oauth/token", "application/x-www-form-urlencoded",
            $"grant_type=client_credentials&client_id={a.Tenant.Credentials.ClientId}&client_secret={a.Tenant.Credentials.ClientSecret}")));
    }
}
