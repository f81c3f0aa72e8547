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
}
