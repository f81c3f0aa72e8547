using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;
using static PLService.Api.Tests.Invitations.InvitationSteps;

namespace PLService.Api.Tests.Invitations;

/// <summary>Accepting with a local account, and as somebody who is signed in already.</summary>
public sealed class AcceptInvitationTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_chooses_a_password_has_an_account_and_the_role()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var email = NewAddress();
        var invited = await tenant.Everything().InviteOneAsync(email, "viewer", north);
        using var client = api.Anonymous();

        var accepted = await (await client.AcceptAsync(invited.Token(), name: "Ada Moreno")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(
            (tenant.Slug, (Guid)invited["personId"]!, email, "viewer", north, "password"),
            ((string?)accepted["tenant"], (Guid)accepted["personId"]!, (string?)accepted["email"], (string?)accepted["role"], (Guid)accepted["organizationId"]!, (string?)accepted["acceptedBy"]));
        client.Use((await (await client.SignInAsync(tenant, email, mode: "cli")).ExpectAsync(HttpStatusCode.OK))["tokens"]!);
        var me = await client.ReadAsync("/v1/me");
        Assert.Equal("Ada Moreno", (string?)me["name"]);
        Assert.Equal(north, (Guid)Assert.Single(me["access"]!.AsArray())!["organizationId"]!);
        var invitation = await tenant.StoredAsync(db => db.Invitations.SingleAsync(Ct));
        Assert.Equal((InvitationStatus.Accepted, true), (invitation.Status, invitation.AcceptedAt is not null));
        var events = await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.PersonId == invitation.PersonId).Select(e => e.Action).ToListAsync(Ct));
        Assert.Superset(new HashSet<string> { "account.created", "account.passwordSet", "membership.created", "invitation.accepted", "person.changed" }, events.ToHashSet());
        await (await client.AcceptAsync(invited.Token(), null)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.accepted");
    }

    [Fact]
    public async Task Of_fifty_who_accept_at_once_one_does()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var invited = await tenant.Everything().InviteOneAsync(NewAddress(), "viewer", north);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => api.Anonymous().AcceptAsync(invited.Token(), $"{AccountSteps.Password} {i}")));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var late in answers.Where(answer => !answer.IsSuccessStatusCode))
            await late.ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.accepted");
        Assert.Equal((1, 1), (await tenant.StoredAsync(db => db.Memberships.CountAsync(Ct)), await tenant.StoredAsync(db => db.Accounts.CountAsync(Ct))));
        Assert.Equal(1, await tenant.StoredAsync(db => db.AuditEvents.CountAsync(e => e.Action == "invitation.accepted", Ct)));
    }

    [Fact]
    public async Task Looking_it_up_says_what_it_is_about_and_leaves_it_good()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var admin = await tenant.NewPersonAsync((Role.AgencyAdmin, null));
        var invited = await tenant.As(admin).InviteOneAsync("ada@example.org", "facilitator", north, "Ada Moreno");

        for (var i = 0; i < 2; i++)
        {
            var found = await (await api.Anonymous().LookUpAsync(invited.Token())).ExpectAsync(HttpStatusCode.OK);
            Assert.Equal(
                (tenant.Slug, admin.Name, "Ada Moreno", "ada@example.org", "facilitator", "North", true, true),
                ((string?)found["tenant"], (string?)found["invitedBy"], (string?)found["name"], (string?)found["email"], (string?)found["role"], (string?)found["organizationName"],
                    (bool)found["byPassword"]!, (bool)found["byProvider"]!));
        }

        await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectAsync(HttpStatusCode.OK);
        await (await api.Anonymous().LookUpAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.accepted");
    }

    [Fact]
    public async Task Whoever_guesses_gets_the_same_answer_whatever_there_is()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var good = (await tenant.Everything().InviteOneAsync(NewAddress(), "viewer", north)).Token();
        var accepted = (await tenant.Everything().InviteOneAsync(NewAddress(), "viewer", north)).Token();
        await (await api.Anonymous().AcceptAsync(accepted)).ExpectAsync(HttpStatusCode.OK);

        // The last characters are of the secret, the first ones of the tenant.
        foreach (var token in new[] { good[..^6] + "AAAAAA", accepted[..^6] + "AAAAAA", good[..4] + "AAAAAAAAAAAA" + good[16..], "pli_AAAA", "nothing", good + "A", good.Replace("pli_", "plt_", StringComparison.Ordinal) })
        {
            await (await api.Anonymous().LookUpAsync(token)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.bad_link");
            await (await api.Anonymous().AcceptAsync(token)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.bad_link");
        }

        await (await api.Anonymous().LookUpAsync("")).ExpectFaultAsync("/token", "value.required");
        await (await api.Anonymous().LookUpAsync(good)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_is_signed_in_accepts_as_themselves_and_as_nobody_else()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewMemberAsync(api);
        var token = (await tenant.Everything().InviteOneAsync(person.Email!, "viewer", north)).Token();

        var found = await (await api.Anonymous().LookUpAsync(token)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal((false, false), ((bool)found["byPassword"]!, (bool)found["byProvider"]!));
        // Who has an account sets no second password by a link.
        await (await api.Anonymous().AcceptAsync(token)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.sign_in_first");
        await (await api.Anonymous().AcceptAsync(token, null)).ExpectFaultAsync("/password", "value.required");
        await (await tenant.As(await tenant.NewPersonAsync()).AcceptAsync(token, null)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.for_somebody_else");
        var (elsewhere, client) = (await api.NewTenantAsync(), tenant.As(person));
        await (await elsewhere.As(await elsewhere.NewPersonAsync()).AcceptAsync(token, null)).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.for_somebody_else");
        await (await client.AcceptAsync(token)).ExpectFaultAsync("/password", "invitation.password_not_taken");

        Assert.Equal("person", (string?)(await (await client.AcceptAsync(token, null)).ExpectAsync(HttpStatusCode.OK))["acceptedBy"]);

        Assert.Equal(north, (Guid)Assert.Single((await client.ReadAsync("/v1/me"))["access"]!.AsArray())!["organizationId"]!);
    }

    [Fact]
    public async Task A_token_that_is_not_valid_makes_nobody_of_whoever_sent_it()
    {
        var tenant = await api.NewTenantAsync();
        var token = (await tenant.Everything().InviteOneAsync(NewAddress())).Token();
        using var client = api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "no token");

        await (await client.AcceptAsync(token)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        // One of a machine says nothing of the person.
        await (await tenant.Everything().AcceptAsync(token)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_password_that_is_guessed_first_is_refused_and_the_invitation_stays_good()
    {
        var tenant = await api.NewTenantAsync();
        var email = NewAddress();
        var token = (await tenant.Everything().InviteOneAsync(email)).Token();

        await (await api.Anonymous().AcceptAsync(token, "short")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await (await api.Anonymous().AcceptAsync(token, new string('x', 513))).ExpectFaultAsync("/password", "value.length");
        Assert.Equal(0, await tenant.StoredAsync(db => db.Accounts.CountAsync(Ct)));
        await (await api.Anonymous().AcceptAsync(token)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_local_accounts_are_off_nobody_gets_one()
    {
        var tenant = await api.NewTenantAsync();
        var token = (await tenant.Everything().InviteOneAsync(NewAddress())).Token();
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Put, "/v1/tenant", new { name = "T", minimumGroupSize = 5, localAccounts = false }, "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.False((bool)(await (await api.Anonymous().LookUpAsync(token)).ExpectAsync(HttpStatusCode.OK))["byPassword"]!);
        await (await api.Anonymous().AcceptAsync(token)).ExpectProblemAsync(HttpStatusCode.Conflict, "account.local_accounts_off");
    }

    [Fact]
    public async Task Neither_a_deactivated_person_nor_a_closed_organization_is_joined()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var (gone, closed) = (await client.InviteOneAsync(NewAddress(), "viewer", north), await client.InviteOneAsync(NewAddress(), "viewer", south));
        await (await client.TurnAsync((Guid)gone["personId"]!, "deactivate")).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{south}/close", new { closedOn = "2026-06-30" }, "*")).ExpectAsync(HttpStatusCode.OK);

        foreach (var (invited, code) in new[] { (gone, "invitation.person_deactivated"), (closed, "invitation.organization_closed") })
        {
            await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, code);
            await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, code);
        }

        // Back again, it is as good as it was.
        await (await client.TurnAsync((Guid)gone["personId"]!, "reactivate")).ExpectAsync(HttpStatusCode.OK);
        await (await api.Anonymous().AcceptAsync(gone.Token())).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_invitation_outlives_the_role_of_whoever_sent_it_until_somebody_takes_it_back()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = await tenant.NewPersonAsync((Role.DistrictLead, north));
        var (kept, taken) = (await tenant.As(lead).InviteOneAsync(NewAddress(), "viewer", north), await tenant.As(lead).InviteOneAsync(NewAddress(), "viewer", north));
        await (await tenant.Everything().TurnAsync(lead.Id, "deactivate")).ExpectAsync(HttpStatusCode.OK);

        await (await api.Anonymous().AcceptAsync(kept.Token())).ExpectAsync(HttpStatusCode.OK);
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"{taken.Path()}/revoke", null, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await api.Anonymous().AcceptAsync(taken.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.revoked");
    }

    [Fact]
    public async Task A_link_that_was_kept_opens_no_roles_that_came_later()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var invited = await tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north))).InviteOneAsync(NewAddress(), "viewer", north);
        await tenant.Everything().GiveRoleAsync((Guid)invited["personId"]!, "agencyAdmin");

        await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.roles_changed");
        // Whoever may give all of it makes a new one.
        var again = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await api.Anonymous().AcceptAsync(again.Token())).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_role_that_was_given_meanwhile_stays_as_it_is_and_one_that_ended_begins_anew()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewMemberAsync(api);
        var client = tenant.Everything();
        var given = await client.InviteOneAsync(person.Email!, "viewer", north);
        await client.GiveRoleAsync(person.Id, "viewer", north);
        await tenant.StoredAsync(async db =>
        {
            db.Add(Membership.Create(person.Id, Role.Viewer, south, null, new DateOnly(2020, 6, 30)));
            return await db.SaveChangesAsync(Ct);
        });
        var ended = await client.InviteOneAsync(person.Email!, "viewer", south);

        foreach (var invited in (JsonNode[])[given, ended])
            await (await tenant.As(person).AcceptAsync(invited.Token(), null)).ExpectAsync(HttpStatusCode.OK);

        var held = await tenant.StoredAsync(db => db.Memberships.Where(m => m.PersonId == person.Id).OrderBy(m => m.Id).Select(m => new { m.OrganizationId, m.EndsOn }).ToListAsync(Ct));
        Assert.Equal([(north, null), (south, null)], held.Select(m => (m.OrganizationId!.Value, m.EndsOn)));
    }
}
