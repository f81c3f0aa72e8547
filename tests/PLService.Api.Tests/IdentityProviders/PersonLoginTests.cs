using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.IdentityProviders;

/// <summary>Who administers people sees how they come in through identity providers, and unlinks what was linked wrongly.</summary>
public sealed class PersonLoginTests(IdentityProviderTests.Server api) : IClassFixture<IdentityProviderTests.Server>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logins_are_listed_page_by_page_and_one_is_unlinked_on_record()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var person = (await client.AddPersonAsync("Ada", north)).Id();
        Assert.Empty((await client.ReadAsync($"/v1/people/{person}/logins"))["items"]!.AsArray());
        var (first, second) = (await LinkAsync(tenant, person), await LinkAsync(tenant, person));

        var page = await client.ReadAsync($"/v1/people/{person}/logins?limit=1&count=true");
        Assert.Equal((first.Id.ToString(), first.Subject, "Sign-in", 2), ((string?)page["items"]![0]!["id"], (string?)page["items"]![0]!["subject"], (string?)page["items"]![0]!["providerName"], (int)page["count"]!));
        var rest = await client.ReadAsync($"/v1/people/{person}/logins?limit=1&cursor={page["nextCursor"]}");
        Assert.Equal(second.Id.ToString(), (string?)Assert.Single(rest["items"]!.AsArray())!["id"]);

        using var unlinked = await client.DeleteAsync($"/v1/people/{person}/logins/{first.Id}", Ct);
        await unlinked.ExpectAsync(HttpStatusCode.NoContent);
        Assert.Equal(second.Id, await tenant.StoredAsync(db => db.PersonLogins.Select(l => l.Id).SingleAsync(Ct)));
        Assert.Contains("personLogin.listed", await tenant.ActionsAsync());
        Assert.Contains("personLogin.unlinked", await tenant.ActionsAsync());
        using var again = await client.DeleteAsync($"/v1/people/{person}/logins/{first.Id}", Ct);
        await again.ExpectProblemAsync(HttpStatusCode.NotFound, "login.not_found");
    }

    [Fact]
    public async Task Who_does_not_keep_the_person_finds_nothing_and_nobody_unlinks_who_may_do_more()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var everything = tenant.Everything();
        var person = (await everything.AddPersonAsync("Ada", north)).Id();
        await everything.GiveRoleAsync(person, "agencyAdmin", north);
        var login = await LinkAsync(tenant, person);
        var (lead, other) = (tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north))), tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, south))));

        using var above = await lead.DeleteAsync($"/v1/people/{person}/logins/{login.Id}", Ct);
        await above.ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        using var elsewhere = await other.DeleteAsync($"/v1/people/{person}/logins/{login.Id}", Ct);
        await elsewhere.ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        using var unseen = await other.GetAsync($"/v1/people/{person}/logins", Ct);
        await unseen.ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        var stranger = (await everything.AddPersonAsync("Ben", north)).Id();
        using var ofAnother = await everything.DeleteAsync($"/v1/people/{stranger}/logins/{login.Id}", Ct);
        await ofAnother.ExpectProblemAsync(HttpStatusCode.NotFound, "login.not_found");
        Assert.Equal(1, await tenant.StoredAsync(db => db.PersonLogins.CountAsync(Ct)));
    }

    private static async Task<PersonLogin> LinkAsync(TestTenant tenant, Guid person)
    {
        var provider = await tenant.Everything().CreateAsync(
            "/v1/identity-providers", new { name = "Sign-in", issuer = (await FakeProvider.SharedAsync()).Issuer, audience = Guid.NewGuid().ToString("N") });
        var login = new PersonLogin { PersonId = person, ProviderId = provider.Id(), Subject = Guid.NewGuid().ToString("N"), LinkedAt = DateTimeOffset.UtcNow };
        await tenant.StoredAsync(db =>
        {
            db.Add(login);
            return db.SaveChangesAsync(Ct);
        });
        return login;
    }
}
