using PLService.Api.Domain.Access;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class IdentityProviderOperations
{
    public static void Map(OperationMap map)
    {
        map.Public("GetSignIn", async a => Get($"/v1/sign-in?tenant={(await a.Everything.ReadAsync("/v1/tenant"))["slug"]}"), tellsNames: true);
        map.Login("GetLogin", _ => Task.FromResult(Get("/v1/login")));
        map.WholeTenant("CreateIdentityProvider", Expectation.Success, async a => Post("/v1/identity-providers", await a.NewProviderDocumentAsync()));
        map.WholeTenant("ListIdentityProviders", Expectation.Nothing, async a =>
        {
            await a.NewProviderAsync();
            return Get("/v1/identity-providers?limit=500");
        });
        map.WholeTenant("GetIdentityProvider", Expectation.NotFound, async a => Get(await AddressAsync(a)));
        map.WholeTenant("ReplaceIdentityProvider", Expectation.NotFound, async a => Put(await AddressAsync(a), new { name = "Provider", audience = Guid.NewGuid() }, "*"));
        map.WholeTenant("CheckIdentityProvider", Expectation.NotFound, async a => Post($"{await AddressAsync(a)}/check"));
        map.WholeTenant("DisableIdentityProvider", Expectation.NotFound, async a => Post($"{await AddressAsync(a)}/disable"));
        map.WholeTenant("EnableIdentityProvider", Expectation.NotFound, async a =>
        {
            var address = await AddressAsync(a);
            await a.Everything.SendJsonAsync(HttpMethod.Post, $"{address}/disable");
            return Post($"{address}/enable", ifMatch: "*");
        });
        map.WholeTenant("DeleteIdentityProvider", Expectation.NotFound, async a => Delete(await AddressAsync(a), "*"));
        map.Resource("ListPersonLogins", async a => Get($"/v1/people/{(await LoginAsync(a)).PersonId}/logins"));
        map.Resource("DeletePersonLogin", async a =>
        {
            var login = await LoginAsync(a);
            return Delete($"/v1/people/{login.PersonId}/logins/{login.Id}");
        });
    }

    private static async Task<PersonLogin> LoginAsync(Side a)
    {
        var (person, provider) = ((await a.NewPersonAsync()).Id(), (await a.NewProviderAsync()).Id());
        var login = new PersonLogin { PersonId = person, ProviderId = provider, Subject = Guid.NewGuid().ToString("N"), LinkedAt = DateTimeOffset.UtcNow };
        await a.Tenant.StoredAsync(db =>
        {
            db.Add(login);
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return login;
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/identity-providers/{(await a.NewProviderAsync()).Id()}";
}
