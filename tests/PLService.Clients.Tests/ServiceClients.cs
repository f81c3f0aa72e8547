using PLService.Api.Commands;
using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests;

/// <summary>Clients of the running service, as its users make them.</summary>
internal static class ServiceClients
{
    /// <summary>A new tenant's first client.</summary>
    public static async Task<PLServiceClient> ConnectAsync(this ApiServer api) => api.Connect((await api.NewTenantAsync()).Credentials);

    public static PLServiceClient Connect(this ApiServer api, Bootstrap.Credentials credentials) => PLServiceClient.Connect(new PLServiceClientOptions
    {
        BaseAddress = api.Address,
        ClientId = credentials.ClientId,
        ClientSecret = credentials.ClientSecret,
    });

    /// <summary>What a sign-in by environment is made of.</summary>
    public static Dictionary<string, string> Environment(this ApiServer api, Bootstrap.Credentials credentials) => new()
    {
        ["PLSERVICE_URL"] = api.Address.AbsoluteUri.TrimEnd('/'),
        ["PLSERVICE_CLIENT_ID"] = credentials.ClientId,
        ["PLSERVICE_CLIENT_SECRET"] = credentials.ClientSecret,
    };
}
