using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>Admins give and take accounts; people change their addresses; whoever is concerned is written to.</summary>
public sealed class AccountAdministrationTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_gets_a_link_by_mail_and_chooses_a_first_password()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewPersonAsync();

        var made = await (await CreateAsync(tenant.Everything(), person)).ExpectAsync(HttpStatusCode.OK);
        Assert.Null(made["link"]);
        using var client = api.Anonymous();
        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        var token = await tenant.TokenOfMailAsync(MailKind.AccountCreated);
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/password-reset/confirm", new { token, password = AccountSteps.Password })).ExpectAsync(HttpStatusCode.NoContent);

        await client.EnterAsync(tenant, person, mode: "cli");
        await (await CreateAsync(tenant.Everything(), person)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.already_there");
    }

    [Fact]
    public async Task A_new_link_takes_the_force_of_the_old_one()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewPersonAsync();
        using var client = api.Anonymous();
        var (first, second) = (await LinkAsync(tenant, person), await LinkAsync(tenant, person));

        foreach (var (token, status) in new[] { (first, HttpStatusCode.Conflict), (second, HttpStatusCode.NoContent) })
            await (await client.SendJsonAsync(HttpMethod.Post, "/v1/password-reset/confirm", new { token, password = AccountSteps.Password })).ExpectAsync(status);
        Assert.Equal(0, await tenant.StoredAsync(db => db.Mails.CountAsync(Ct)));
    }

    [Fact]
    public async Task Nobody_sets_up_an_account_for_somebody_who_may_do_more()
    {
        var tenant = await api.NewTenantAsync();
        var district = (await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, district)));
        var admin = await tenant.NewMemberAsync(api, AccountSteps.Password, (Role.AgencyAdmin, district));
        var viewer = await tenant.NewPersonAsync((Role.Viewer, district));

        await (await lead.DeleteAsync($"/v1/people/{admin.Id}/account", Ct)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.beyond_your_reach");
        await (await tenant.Everything().DeleteAsync($"/v1/people/{admin.Id}/account", Ct)).ExpectAsync(HttpStatusCode.NoContent);
        await (await CreateAsync(lead, admin)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.beyond_your_reach");
        await (await CreateAsync(lead, viewer)).ExpectAsync(HttpStatusCode.OK);
        // Elsewhere the person may do something, too.
        await tenant.StoredAsync(async db =>
        {
            db.Add(Membership.Create(viewer.Id, Role.Viewer, null));
            return await db.SaveChangesAsync(Ct);
        });
        await (await CreateAsync(lead, viewer)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.beyond_your_reach");
    }

    [Fact]
    public async Task What_an_account_needs_is_told()
    {
        var tenant = await api.NewTenantAsync();
        var (gone, mute) = (await tenant.NewPersonAsync(), await tenant.NewPersonAsync());
        await tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == gone.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            (await db.People.SingleAsync(p => p.Id == mute.Id, Ct)).Change(new PersonDetails("Mute"));
            return await db.SaveChangesAsync(Ct);
        });

        await (await CreateAsync(tenant.Everything(), gone)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.person_not_active");
        await (await CreateAsync(tenant.Everything(), mute)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.person_has_no_email");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/people/{Guid.NewGuid()}/account", new { })).ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        await (await tenant.Everything().DeleteAsync($"/v1/people/{mute.Id}/account", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "account.not_found");
    }

    [Fact]
    public async Task Without_an_account_and_after_an_admin_said_so_sessions_are_over()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        using var client = api.Anonymous();
        await client.EnterAsync(tenant, person, mode: "cli");

        Assert.Equal(1, (int)(await (await tenant.Everything().PostAsync($"/v1/people/{person.Id}/sessions/revoke", null, Ct)).ExpectAsync(HttpStatusCode.OK))["ended"]!);
        await client.ExpectOutAsync();

        await client.EnterAsync(tenant, person, mode: "cli");
        await (await tenant.Everything().DeleteAsync($"/v1/people/{person.Id}/account", Ct)).ExpectAsync(HttpStatusCode.NoContent);
        await client.ExpectOutAsync();
        await (await client.SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
    }

    [Fact]
    public async Task A_new_address_is_confirmed_before_it_counts_and_the_old_one_is_told()
    {
        var (tenant, person, client) = await SignedInAsync();
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/email-change", new { email = "new.address@example.org", password = "wrong password" }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "account.wrong_password");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/email-change", new { email = "no address", password = AccountSteps.Password })).ExpectFaultAsync("/email", "value.pattern");
        Assert.Equal(HttpStatusCode.Accepted, (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/email-change", new { email = "new.address@example.org", password = AccountSteps.Password })).StatusCode);
        await api.Anonymous().EnterAsync(tenant, person, mode: "cli");

        var token = await tenant.TokenOfMailAsync(MailKind.EmailChange);
        await (await tenant.As(await tenant.NewPersonAsync()).SendJsonAsync(HttpMethod.Post, "/v1/me/email-change/confirm", new { token })).ExpectProblemAsync(HttpStatusCode.Conflict, "account.bad_link");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/email-change/confirm", new { token })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("new.address@example.org", (string?)(await client.ReadAsync("/v1/me"))["email"]);
        await (await api.Anonymous().SignInAsync(tenant, "new.address@example.org")).ExpectAsync(HttpStatusCode.OK);
        await (await api.Anonymous().SignInAsync(tenant, person.Email)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "sign_in.refused");
        var mails = await tenant.StoredAsync(db => db.Mails.OrderBy(m => m.Id).Select(m => new { m.Kind, m.RecipientAddress }).ToListAsync(Ct));
        Assert.Equal([(MailKind.EmailChange, "new.address@example.org"), (MailKind.AccountNotice, person.Email)], mails.Select(mail => (mail.Kind, (string?)mail.RecipientAddress)));
        // Who follows changes learns that the person changed, and nothing of how people sign in.
        var changes = await tenant.Everything().ReadAsync("/v1/changes?limit=500");
        Assert.DoesNotContain(changes["items"]!.AsArray(), change => ((string?)change!["action"])?.Split('.')[0] is "session" or "account");
        // Neither says the audit trail whose it is nor what.
        Assert.DoesNotContain("example.org", string.Concat(await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Detail).ToListAsync(Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_somebody_took_meanwhile_is_not_taken_twice()
    {
        var (tenant, person, client) = await SignedInAsync();
        var other = await tenant.NewPersonAsync();

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/me/email-change/confirm", new { token = await tenant.TicketAsync(api, TicketKind.EmailChange, person, other.Email!.ToUpperInvariant()) }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "person.email_taken");
    }

    [Fact]
    public async Task A_sign_in_with_a_device_that_is_new_is_told()
    {
        var (tenant, person, _) = await SignedInAsync();
        Assert.Equal(0, await tenant.StoredAsync(db => db.Mails.CountAsync(Ct)));

        await api.Browser().EnterAsync(tenant, person);
        await api.Browser().EnterAsync(tenant, person);

        Assert.Equal(MailKind.SignInNotice, await tenant.StoredAsync(db => db.Mails.Select(m => m.Kind).SingleAsync(Ct)));
    }

    [Fact]
    public async Task One_sees_how_one_signs_in()
    {
        var (_, _, client) = await SignedInAsync();
        var tenant = await api.NewTenantAsync();

        var account = await client.ReadAsync("/v1/me/account");
        Assert.Equal((true, 0, 0), ((bool)account["hasAccount"]!, (int)account["passkeys"]!, (int)account["recoveryCodesLeft"]!));
        Assert.Null(account["authenticatorSince"]);
        Assert.False((bool)(await tenant.As(await tenant.NewPersonAsync()).ReadAsync("/v1/me/account"))["hasAccount"]!);
    }

    private static Task<HttpResponseMessage> CreateAsync(HttpClient client, Person person) => client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{person.Id}/account", new { });

    private static async Task<string> LinkAsync(TestTenant tenant, Person person)
    {
        var made = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/people/{person.Id}/account", new { delivery = "link" })).ExpectAsync(HttpStatusCode.OK);
        return ((string)made["link"]!).Split("#token=")[1];
    }

    private async Task<(TestTenant Tenant, Person Person, HttpClient Client)> SignedInAsync()
    {
        var tenant = await api.NewTenantAsync();
        var person = await tenant.NewMemberAsync(api);
        var client = api.Anonymous();
        await client.EnterAsync(tenant, person, mode: "cli");
        return (tenant, person, client);
    }
}
