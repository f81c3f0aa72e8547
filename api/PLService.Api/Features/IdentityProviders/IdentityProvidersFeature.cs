namespace PLService.Api.Features.IdentityProviders;

internal static class IdentityProvidersFeature
{
    /// <summary>The providers that a tenant trusts, for those who administer it; and what their clients need to know.</summary>
    public static void MapIdentityProviders(this RouteGroupBuilder v1)
    {
        GetSignIn.Map(v1);
        GetLogin.Map(v1);
        var providers = v1.MapGroup("/identity-providers").WithTags("Identity providers");
        CreateIdentityProvider.Map(providers);
        ListIdentityProviders.Map(providers);
        GetIdentityProvider.Map(providers);
        ReplaceIdentityProvider.Map(providers);
        CheckIdentityProvider.Map(providers);
        DisableIdentityProvider.Map(providers);
        EnableIdentityProvider.Map(providers);
        DeleteIdentityProvider.Map(providers);

        var person = v1.MapGroup("/people/{id:guid}").WithTags("People");
        ListPersonLogins.Map(person);
        DeletePersonLogin.Map(person);
    }
}
