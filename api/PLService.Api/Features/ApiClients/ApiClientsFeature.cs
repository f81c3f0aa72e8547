namespace PLService.Api.Features.ApiClients;

internal static class ApiClientsFeature
{
    /// <summary>OAuth 2 for machines: token, keys, metadata.</summary>
    public static void MapOAuth(this WebApplication app)
    {
        var oauth = app.MapGroup("").WithTags("OAuth").AllowAnonymous();
        IssueToken.Map(oauth);
        GetSigningKeys.Map(oauth);
        GetServerMetadata.Map(oauth);
    }

    /// <summary>The clients themselves, for those who administer them.</summary>
    public static void MapApiClients(this RouteGroupBuilder v1)
    {
        WhoAmI.Map(v1);
        var clients = v1.MapGroup("/api-clients").WithTags("API clients");
        CreateApiClient.Map(clients);
        ListApiClients.Map(clients);
        GetApiClient.Map(clients);
        ChangeApiClient.Map(clients);
        AddApiClientSecret.Map(clients);
        RevokeApiClientSecret.Map(clients);
        RevokeApiClient.Map(clients);
    }
}
