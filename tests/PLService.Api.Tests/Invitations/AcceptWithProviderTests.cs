using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Invitations.InvitationSteps;

namespace PLService.Api.Tests.Invitations;

/// <summary>Accepting with an access token of the tenant's identity provider.</summary>
public sealed class AcceptWithProviderTests(ProviderServer api) : IClassFixture<ProviderServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_signed_in_with_the_provider_is_the_person_from_now_on()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var invited = await tenant.Tenant.Everything().InviteOneAsync(NewAddress(), "agencyAdmin");
        var client = await tenant.AsAsync("ada", new() { ["name"] = "Ada Moreno" });
        await (await client.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.not_linked");

        Assert.Single((await (await client.LookUpAsync(invited.Token())).ExpectAsync(HttpStatusCode.OK))["providers"]!.AsArray());
        await (await client.AcceptAsync(invited.Token())).ExpectFaultAsync("/password", "invitation.password_not_taken");
        Assert.Equal("provider", (string?)(await (await client.AcceptAsync(invited.Token(), null)).ExpectAsync(HttpStatusCode.OK))["acceptedBy"]);

        var me = await client.ReadAsync("/v1/me");
        Assert.Equal(((Guid)invited["personId"]!, "Ada Moreno"), ((Guid)me["personId"]!, (string?)me["name"]));
        Assert.Contains("tenant:write", me["access"]![0]!["scopes"]!.AsArray().Select(scope => (string?)scope));
        Assert.Equal(("ada", (Guid)invited["personId"]!), await tenant.Tenant.StoredAsync(async db => (await db.PersonLogins.SingleAsync(Ct)) is var login ? (login.Subject, login.PersonId) : default));
        Assert.Equal(0, await tenant.Tenant.StoredAsync(db => db.Accounts.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_login_that_is_somebody_elses_already_is_refused()
    {
        var tenant = await api.NewTrustingTenantAsync();
        await tenant.LinkAsync(await tenant.Tenant.NewPersonAsync(), "bea");
        var invited = await tenant.Tenant.Everything().InviteOneAsync(NewAddress());

        await (await (await tenant.AsAsync("bea")).AcceptAsync(invited.Token(), null)).ExpectProblemAsync(HttpStatusCode.Conflict, "person_login.linked_to_another");
        // A login of another tenant is nobody here.
        var other = await api.NewTrustingTenantAsync();
        await (await (await other.AsAsync("ada")).AcceptAsync(invited.Token(), null)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.for_somebody_else");
        Assert.Equal(0, await tenant.Tenant.StoredAsync(db => db.Memberships.CountAsync(Ct)));
        await (await (await tenant.AsAsync("ada")).AcceptAsync(invited.Token(), null)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_is_linked_already_accepts_as_the_person_and_gets_no_second_login()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var person = await tenant.Tenant.NewPersonAsync();
        await tenant.LinkAsync(person, "ada");
        var invited = await tenant.Tenant.Everything().InviteOneAsync(person.Email!);

        await (await (await tenant.AsAsync("eve")).AcceptAsync(invited.Token(), null)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.sign_in_first");
        await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.sign_in_first");
        Assert.Equal("person", (string?)(await (await (await tenant.AsAsync("ada")).AcceptAsync(invited.Token(), null)).ExpectAsync(HttpStatusCode.OK))["acceptedBy"]);

        Assert.Equal(1, await tenant.Tenant.StoredAsync(db => db.PersonLogins.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_mail_adds_a_provider_to_an_account_unless_that_has_a_second_factor()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var (plain, careful) = (await tenant.Tenant.NewMemberAsync(api), await tenant.Tenant.NewMemberAsync(api));
        await tenant.Tenant.StoredAsync(db => db.Accounts.Where(a => a.PersonId == careful.Id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.AuthenticatorKey, "x").SetProperty(a => a.AuthenticatorConfirmedAt, DateTimeOffset.UtcNow), Ct));

        foreach (var (person, subject, opens) in new[] { (plain, "plain", true), (careful, "careful", false) })
        {
            await tenant.Tenant.Everything().InviteOneAsync(person.Email!, deliver: "mail");
            var token = await tenant.Tenant.TokenOfMailAsync(MailKind.Invitation);
            await (await api.Anonymous().AcceptAsync(token)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.sign_in_first");
            using var answer = await (await tenant.AsAsync(subject)).AcceptAsync(token, null);
            if (opens)
                await answer.ExpectAsync(HttpStatusCode.OK);
            else
                await answer.ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.sign_in_first");
        }

        Assert.Equal(plain.Id, await tenant.Tenant.StoredAsync(db => db.PersonLogins.Select(l => l.PersonId).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Of_fifty_logins_that_accept_at_once_one_is_the_person()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var invited = await tenant.Tenant.Everything().InviteOneAsync(NewAddress());
        var clients = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => tenant.AsAsync($"s{i}")));

        var answers = await Task.WhenAll(clients.Select(client => client.AcceptAsync(invited.Token(), null)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Equal((1, 1), (await tenant.Tenant.StoredAsync(db => db.PersonLogins.CountAsync(Ct)), await tenant.Tenant.StoredAsync(db => db.Memberships.CountAsync(Ct))));
    }

    [Fact]
    public async Task A_token_that_may_be_of_several_tenants_has_to_say_which()
    {
        var tenant = await api.NewTrustingTenantAsync();
        var other = await api.NewTenantAsync();
        await other.Everything().CreateAsync("/v1/identity-providers", new { name = "Same", issuer = api.Oidc.Issuer, audience = tenant.Audience });
        var invited = await tenant.Tenant.Everything().InviteOneAsync(NewAddress());
        var client = await tenant.AsAsync("ada");

        await (await client.AcceptAsync(invited.Token(), null)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.tenant_needed");
        client.DefaultRequestHeaders.Add("PLService-Tenant", tenant.Tenant.Slug);
        await (await client.AcceptAsync(invited.Token(), null)).ExpectAsync(HttpStatusCode.OK);
    }
}
