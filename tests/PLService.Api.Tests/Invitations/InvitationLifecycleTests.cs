using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Invitations;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;
using static PLService.Api.Tests.Invitations.InvitationSteps;

namespace PLService.Api.Tests.Invitations;

/// <summary>What becomes of invitations with time, and how they are found.</summary>
public sealed class InvitationLifecycleTests(WaitingServer api) : IClassFixture<WaitingServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_expired_is_good_again_when_it_is_resent_and_its_old_link_is_not()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var invited = await client.InviteOneAsync(NewAddress(), "viewer", north);
        api.Wait(TimeSpan.FromDays(15));
        client = tenant.Everything();

        await (await api.Anonymous().LookUpAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.expired");
        await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.expired");
        var read = await client.ReadAsync(invited.Path());
        Assert.Equal("expired", (string?)read["status"]);

        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { })).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        var resent = await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { expiresAt = api.Now.AddDays(3) }, read.ETag())).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, read.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");

        Assert.Equal(("pending", 2), ((string?)resent["invitation"]!["status"], (int)resent["invitation"]!["version"]!));
        await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.bad_link");
        await (await api.Anonymous().AcceptAsync(resent.Token())).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.accepted");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/revoke", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.accepted");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { expiresAt = api.Now.AddDays(100) }, "*")).ExpectFaultAsync("/expiresAt", "invitation.bad_expiry");
    }

    [Fact]
    public async Task It_is_resent_five_times_a_day_at_most_by_mail_to_the_address_that_the_person_has_now()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var invited = await client.InviteOneAsync(NewAddress(), deliver: "mail");
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/people/{invited["personId"]}", new { name = "Ada", email = "new@example.org" }, "*")).ExpectAsync(HttpStatusCode.OK);
        for (var i = 1; i < Invitation.MaxSentPerDay; i++)
            Assert.Null((await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectAsync(HttpStatusCode.OK))["link"]);

        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.sent_too_often");
        var mails = await tenant.StoredAsync(db => db.Mails.OrderBy(m => m.Id).Select(m => m.RecipientAddress).ToListAsync(Ct));
        Assert.Equal((Invitation.MaxSentPerDay, "new@example.org"), (mails.Count, mails[^1]));
        await (await api.Anonymous().LookUpAsync(await tenant.TokenOfMailAsync(MailKind.Invitation))).ExpectAsync(HttpStatusCode.OK);

        api.Wait(TimeSpan.FromDays(1));
        client = tenant.Everything();
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/people/{invited["personId"]}", new { name = "Ada" }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.no_email");
    }

    [Fact]
    public async Task Taken_back_it_opens_nothing_and_can_be_made_anew()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var email = NewAddress();
        var invited = await client.InviteOneAsync(email, "viewer", north);

        var revoked = await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/revoke", null, "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("revoked", true), ((string?)revoked["status"], revoked["revokedAt"] is not null));
        await (await api.Anonymous().AcceptAsync(invited.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.revoked");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/revoke", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.revoked");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/resend", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.revoked");
        var anew = await client.InviteOneAsync(email, "viewer", north);
        Assert.Equal(("created", true), ((string?)anew["outcome"], (Guid)anew["invitationId"]! != (Guid)invited["invitationId"]!));
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/invitations/{Guid.NewGuid()}/revoke", null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "invitation.not_found");
    }

    [Fact]
    public async Task They_are_listed_by_where_they_stand_by_organization_and_by_person_page_by_page()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var expired = await client.InviteOneAsync(NewAddress(), "viewer", north);
        api.Wait(TimeSpan.FromDays(15));
        client = tenant.Everything();
        var (pending, revoked, accepted) = (
            await client.InviteOneAsync(NewAddress(), "viewer", south), await client.InviteOneAsync(NewAddress(), "viewer", north), await client.InviteOneAsync(NewAddress(), "viewer", north));
        await (await client.SendJsonAsync(HttpMethod.Post, $"{revoked.Path()}/revoke", null, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await api.Anonymous().AcceptAsync(accepted.Token())).ExpectAsync(HttpStatusCode.OK);

        foreach (var (status, one) in new[] { ("expired", expired), ("pending", pending), ("revoked", revoked), ("accepted", accepted) })
        {
            var item = Assert.Single((await client.ReadAsync($"/v1/invitations?status={status}"))["items"]!.AsArray())!;
            Assert.Equal(((Guid)one["invitationId"]!, status), ((Guid)item["id"]!, (string?)item["status"]));
        }

        Assert.Equal(3, (await client.ReadAsync($"/v1/invitations?organizationId={north}"))["items"]!.AsArray().Count);
        Assert.Single((await client.ReadAsync($"/v1/invitations?personId={pending["personId"]}"))["items"]!.AsArray());
        var first = await client.ReadAsync("/v1/invitations?limit=3&count=true");
        Assert.Equal((4, 3), ((int)first["count"]!, first["items"]!.AsArray().Count));
        Assert.Equal((Guid)expired["invitationId"]!, (Guid)Assert.Single((await client.ReadAsync($"/v1/invitations?limit=3&cursor={first["nextCursor"]}"))["items"]!.AsArray())!["id"]!);
        await (await client.GetAsync("/v1/invitations?status=gone", Ct)).ExpectFaultAsync("?status", "query.bad_value");
        // Who reads them is on record, and no row holds a secret or an address there.
        Assert.Contains("invitation.listed", await tenant.AuditedAsync());
    }

    [Fact]
    public async Task Only_who_could_give_the_role_takes_it_back_or_sends_it_again()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var invited = await tenant.Everything().InviteOneAsync(NewAddress(), "agencyAdmin", north);

        foreach (var (what, body) in new[] { ("revoke", null), ("resend", (object?)new { }) })
            await (await lead.SendJsonAsync(HttpMethod.Post, $"{invited.Path()}/{what}", body, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.beyond_your_reach");
        Assert.Equal("pending", (string?)(await lead.ReadAsync(invited.Path()))["status"]);
    }

    [Fact]
    public async Task Secrets_are_forgotten_a_while_after_their_end()
    {
        var tenant = await api.NewTenantAsync();
        var old = await tenant.Everything().InviteOneAsync(NewAddress());
        api.Wait(TimeSpan.FromDays(14) + Invitation.SecretKept + TimeSpan.FromHours(1));

        await tenant.Everything().InviteOneAsync(NewAddress());

        Assert.Null(await tenant.StoredAsync(db => db.Invitations.Where(i => i.Id == (Guid)old["invitationId"]!).Select(i => i.SecretHash).SingleAsync(Ct)));
        await (await api.Anonymous().LookUpAsync(old.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.bad_link");
    }

    [Fact]
    public async Task Whoever_was_invited_by_mistake_is_deleted_with_the_invitation()
    {
        var tenant = await api.NewTenantAsync();
        var invited = await tenant.Everything().InviteOneAsync(NewAddress(), deliver: "mail");

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Delete, $"/v1/people/{invited["personId"]}", ifMatch: "*")).ExpectAsync(HttpStatusCode.NoContent);

        Assert.Equal((0, 0), (await tenant.StoredAsync(db => db.Invitations.CountAsync(Ct)), await tenant.StoredAsync(db => db.Mails.CountAsync(Ct))));
    }
}
