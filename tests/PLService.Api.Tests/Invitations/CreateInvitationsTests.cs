using System.Diagnostics;
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

public sealed class CreateInvitationsTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_new_becomes_a_person_of_the_organization_without_any_role_yet()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{north}/identifiers", new { system = "nces", value = "0012345" });
        var admin = await tenant.NewPersonAsync((Role.AgencyAdmin, null));

        var answer = await (await tenant.As(admin).InviteAsync(new[]
        {
            new { email = "Ada@example.org", role = "facilitator", organization = new { system = "nces", value = "0012345" }, name = "Ada Moreno", startsOn = "2026-08-01", endsOn = "2099-06-30", language = "es", note = "Bienvenida." },
        })).ExpectAsync(HttpStatusCode.OK);

        var result = answer["results"]![0]!;
        Assert.Equal(("created", "Ada@example.org"), ((string?)result["outcome"], (string?)result["email"]));
        var person = await tenant.StoredAsync(db => db.People.SingleAsync(p => p.Email == "Ada@example.org", Ct));
        Assert.Equal(((Guid)result["personId"]!, "Ada Moreno", north, "es"), (person.Id, person.Name, person.OrganizationId!.Value, person.Language));
        Assert.Equal(0, await tenant.StoredAsync(db => db.Memberships.CountAsync(m => m.PersonId == person.Id, Ct)));
        var invitation = await tenant.StoredAsync(db => db.Invitations.SingleAsync(Ct));
        Assert.Equal(
            (Role.Facilitator, north, new DateOnly(2026, 8, 1), new DateOnly(2099, 6, 30), "Bienvenida.", InvitationStatus.Pending, admin.Id),
            (invitation.Role, invitation.OrganizationId!.Value, invitation.StartsOn!.Value, invitation.EndsOn!.Value, invitation.Note, invitation.Status, invitation.InvitedByPersonId!.Value));
        Assert.InRange(invitation.ExpiresAt, DateTimeOffset.UtcNow.AddDays(13.9), DateTimeOffset.UtcNow.AddDays(14.1));
        // The secret itself is nowhere.
        Assert.Equal(32, invitation.SecretHash!.Length);
        Assert.DoesNotContain(result.Token(), Convert.ToHexString(invitation.SecretHash), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["person.created", "invitation.created"], (await tenant.AuditedAsync()).Where(action => action.StartsWith("person", StringComparison.Ordinal) || action.StartsWith("invitation", StringComparison.Ordinal)).OrderDescending());
        Assert.DoesNotContain("example.org", string.Concat(await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Detail).ToListAsync(Ct))), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_person_invited_twice_is_one_person()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var email = NewAddress();

        var first = await client.InviteOneAsync(email, "viewer", north);
        var again = await client.InviteOneAsync(email.ToUpperInvariant(), "viewer", north);
        var further = await (await client.InviteAsync(new[]
        {
            new { email, role = "reviewer", organization = Place(north) }, new { email = email.ToUpperInvariant(), role = "viewer", organization = Place(south) },
        })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("created", "renewed"), ((string?)first["outcome"], (string?)again["outcome"]));
        Assert.Equal((Guid)first["invitationId"]!, (Guid)again["invitationId"]!);
        Assert.Equal(["created", "created"], further["results"]!.AsArray().Select(result => (string?)result!["outcome"]));
        var all = new[] { first, again }.Concat(further["results"]!.AsArray()).Select(result => (Guid)result!["personId"]!);
        Assert.Equal(await tenant.StoredAsync(db => db.People.Select(p => p.Id).SingleAsync(Ct)), Assert.Single(all.Distinct()));
        Assert.Equal(3, await tenant.StoredAsync(db => db.Invitations.CountAsync(Ct)));
        await (await api.Anonymous().LookUpAsync(first.Token())).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.bad_link");
        await (await api.Anonymous().LookUpAsync(again.Token())).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Several_who_invite_the_same_address_at_the_same_moment_make_one_person()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var email = NewAddress();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => tenant.Everything().InviteOneAsync(email, i % 2 == 0 ? "viewer" : "reviewer", i < 4 ? north : south)));

        Assert.Single(answers.Select(answer => (Guid)answer["personId"]!).Distinct());
        Assert.Equal((1, 4), (await tenant.StoredAsync(db => db.People.CountAsync(Ct)), await tenant.StoredAsync(db => db.Invitations.CountAsync(Ct))));
    }

    [Fact]
    public async Task Whoever_has_the_role_there_is_told_and_whose_role_has_ended_is_invited()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, north));
        await tenant.StoredAsync(async db =>
        {
            db.Add(Membership.Create(person.Id, Role.Viewer, south, null, new DateOnly(2020, 6, 30)));
            return await db.SaveChangesAsync(Ct);
        });

        var member = await tenant.Everything().InviteOneAsync(person.Email!, "viewer", north);
        var former = await tenant.Everything().InviteOneAsync(person.Email!, "viewer", south);

        Assert.Equal(("alreadyMember", null, null), ((string?)member["outcome"], (string?)member["link"], (string?)member["invitationId"]));
        Assert.Equal(("created", person.Id), ((string?)former["outcome"], (Guid)former["personId"]!));
    }

    [Fact]
    public async Task Mail_goes_to_the_person_and_its_link_to_nobody_else()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync();
        var admin = await tenant.NewPersonAsync((Role.AgencyAdmin, null));

        var known = await tenant.As(admin).InviteOneAsync(person.Email!.ToUpperInvariant(), "viewer", north, deliver: "mail");

        Assert.Null(known["link"]);
        var mail = await tenant.StoredAsync(db => db.Mails.SingleAsync(Ct));
        Assert.Equal((MailKind.Invitation, person.Email, person.Id), (mail.Kind, mail.RecipientAddress, mail.RecipientPersonId!.Value));
        Assert.Contains($"{admin.Name} invites you to join North as viewer", mail.TextBody, StringComparison.Ordinal);
        await (await api.Anonymous().LookUpAsync(await tenant.TokenOfMailAsync(MailKind.Invitation))).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_entries_are_wrong_each_is_told_with_its_place_and_nobody_is_invited()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var gone = await tenant.NewPersonAsync((Role.Viewer, north));
        await (await tenant.Everything().TurnAsync(gone.Id, "deactivate")).ExpectAsync(HttpStatusCode.OK);
        var closed = (await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "school", name = "Closed", parentId = north })).Id();
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{closed}/close", new { closedOn = "2026-06-30" }, "*")).ExpectAsync(HttpStatusCode.OK);
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var before = await tenant.StoredAsync(db => db.People.CountAsync(Ct));

        var problem = await (await lead.InviteAsync(new object[]
        {
            new { email = "good@example.org", role = "viewer", organization = Place(north) },
            new { email = "a@example.org", role = "viewer", organization = Place(south) },
            new { email = "b@example.org", role = "viewer", organization = new { system = "nces", value = "404" } },
            new { email = "c@example.org", role = "agencyAdmin", organization = Place(north) },
            new { email = "d@example.org", role = "viewer" },
            new { email = "GOOD@example.org", role = "viewer", organization = Place(north) },
            new { email = gone.Email, role = "viewer", organization = Place(north) },
            new { email = "e@example.org", role = "viewer", organization = Place(closed) },
            new { email = "f@example.org", role = "viewer", organization = Place(north), endsOn = "2020-01-01" },
        })).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

        Assert.Equal(
            [
                "/invitations/1/organization invitation.unknown_organization", "/invitations/2/organization invitation.unknown_organization",
                "/invitations/3/role invitation.role_beyond_your_reach", "/invitations/4/role invitation.role_beyond_your_reach", "/invitations/5/email invitation.duplicate",
                "/invitations/6/email invitation.deactivated_person", "/invitations/7/organization invitation.closed_organization", "/invitations/8/endsOn invitation.role_has_ended",
            ],
            problem["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}"));
        Assert.Equal((0, before, 0), (await tenant.StoredAsync(db => db.Invitations.CountAsync(Ct)), await tenant.StoredAsync(db => db.People.CountAsync(Ct)), await tenant.StoredAsync(db => db.Mails.CountAsync(Ct))));
    }

    [Fact]
    public async Task What_is_wrong_with_the_form_is_told_with_its_place()
    {
        var client = (await api.NewTenantAsync()).Everything();

        await (await client.InviteAsync(Array.Empty<object>())).ExpectFaultAsync("/invitations", "value.required");
        await (await client.InviteAsync(Enumerable.Range(0, 501).Select(i => new { email = $"a{i}@example.org", role = "viewer" }))).ExpectFaultAsync("/invitations", "value.too_many");
        await (await client.InviteAsync(new object?[] { null })).ExpectFaultAsync("/invitations/0", "value.required");
        await (await client.InviteAsync(new[] { new { email = "no address", role = "viewer" } })).ExpectFaultAsync("/invitations/0/email", "person.bad_email");
        await (await client.InviteAsync(new[] { new { email = "a@example.org", role = "viewer", organization = new { system = "nces" } } })).ExpectFaultAsync("/invitations/0/organization", "organization.bad_reference");
        await (await client.InviteAsync(new[] { new { email = "a@example.org", role = "viewer", startsOn = "2026-02-01", endsOn = "2026-01-01" } })).ExpectFaultAsync("/invitations/0/endsOn", "value.out_of_range");
        await (await client.InviteAsync(new[] { new { email = "a@example.org", role = "viewer", note = new string('x', 1001) } })).ExpectFaultAsync("/invitations/0/note", "value.length");
        await (await client.InviteAsync(new[] { new { email = "a@example.org", role = "viewer" } }, expiresAt: DateTimeOffset.UtcNow.AddDays(91))).ExpectFaultAsync("/expiresAt", "invitation.bad_expiry");
        await (await client.InviteAsync(new[] { new { email = "a@example.org", role = "viewer" } }, expiresAt: DateTimeOffset.UtcNow)).ExpectFaultAsync("/expiresAt", "invitation.bad_expiry");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/invitations", new { invitations = new[] { new { email = "a@example.org", role = "viewer" } } }, idempotencyKey: "k"))
            .ExpectProblemAsync(HttpStatusCode.BadRequest, "idempotency.not_repeatable");
    }

    [Fact]
    public async Task A_link_that_one_hands_over_oneself_opens_nobody_who_may_do_more()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var admin = await tenant.NewPersonAsync((Role.AgencyAdmin, null));
        var neighbour = (string)(await tenant.Everything().AddPersonAsync("Bea", south, NewAddress()))["email"]!;
        var own = (string)(await tenant.Everything().AddPersonAsync("Eve", north, NewAddress()))["email"]!;
        // Who has no way in yet would get the first one.
        await (await lead.InviteAsync(new[] { new { email = neighbour, role = "viewer", organization = Place(north) } })).ExpectFaultAsync("/invitations/0/email", "invitation.person_beyond_your_reach");
        Assert.Equal("created", (string?)(await lead.InviteOneAsync(own, "viewer", north))["outcome"]);
        var entry = new[] { new { email = admin.Email, role = "viewer", organization = Place(north) } };

        await (await lead.InviteAsync(entry)).ExpectFaultAsync("/invitations/0/email", "invitation.person_beyond_your_reach");

        // By mail only the person gets it; and what the person is called stays unknown to who does not see them.
        var made = (await (await lead.InviteAsync(entry, "mail")).ExpectAsync(HttpStatusCode.OK))["results"]![0]!;
        var seen = await lead.ReadAsync(made.Path());
        Assert.Equal((null, admin.Email), ((string?)seen["personName"], (string?)seen["email"]));
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{made.Path()}/resend", new { deliver = "link" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "invitation.beyond_your_reach");
    }

    [Fact]
    public async Task Five_hundred_are_invited_in_a_few_seconds_and_the_same_list_again_renews_them()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var run = Guid.NewGuid().ToString("N");
        var list = Enumerable.Range(0, 500).Select(i => new { email = $"p{i}.{run}@example.org", role = "participant", organization = Place(north), name = $"Person {i}" }).ToList();

        var watch = Stopwatch.StartNew();
        var first = (await (await client.InviteAsync(list, "mail")).ExpectAsync(HttpStatusCode.OK))["results"]!.AsArray();
        var elapsed = watch.Elapsed;
        var second = (await (await client.InviteAsync(list, "link")).ExpectAsync(HttpStatusCode.OK))["results"]!.AsArray();

        Assert.All(first, result => Assert.Equal("created", (string?)result!["outcome"]));
        Assert.All(second, result => Assert.Equal("renewed", (string?)result!["outcome"]));
        Assert.Equal(500, second.Select(result => (string?)result!["link"]).Distinct().Count());
        Assert.Equal(first.Select(result => (string?)result!["personId"]), second.Select(result => (string?)result!["personId"]));
        Assert.Equal((500, 500, 500), (
            await tenant.StoredAsync(db => db.People.CountAsync(Ct)), await tenant.StoredAsync(db => db.Invitations.CountAsync(Ct)), await tenant.StoredAsync(db => db.Mails.CountAsync(Ct))));
        TestContext.Current.TestOutputHelper?.WriteLine($"500 by mail: {elapsed.TotalMilliseconds:0} ms");
        Assert.True(elapsed < TimeSpan.FromSeconds(30), $"500 invitations took {elapsed}.");
    }

    [Fact]
    public async Task An_invitation_is_renewed_five_times_a_day_at_most()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var email = NewAddress();
        for (var i = 0; i < Invitation.MaxSentPerDay; i++)
            await client.InviteOneAsync(email);

        await (await client.InviteAsync(new[] { new { email, role = "viewer" } })).ExpectFaultAsync("/invitations/0/email", "invitation.too_often");
    }

    [Fact]
    public async Task A_person_has_twenty_pending_invitations_at_most()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var email = NewAddress();
        var places = new List<Guid>();
        for (var i = 0; i <= Invitation.MaxPendingPerPerson; i++)
            places.Add((await client.CreateAsync("/v1/organizations", new { kind = "district", name = $"D{i}" })).Id());
        await (await client.InviteAsync(places.Take(Invitation.MaxPendingPerPerson).Select(place => new { email, role = "viewer", organization = Place(place) }))).ExpectAsync(HttpStatusCode.OK);

        await (await client.InviteAsync(new[] { new { email, role = "viewer", organization = Place(places[^1]) } })).ExpectFaultAsync("/invitations/0/email", "invitation.too_many_of_person");
    }
}
