using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.AccessRequests;

/// <summary>Asking, as a person of the tenant.</summary>
public sealed class AccessRequestTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_asks_and_those_who_can_give_the_role_there_see_it_and_are_written_to()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = await tenant.NewPersonAsync((Role.DistrictLead, north));
        await tenant.NewPersonAsync((Role.DistrictLead, south));
        await tenant.NewPersonAsync((Role.Facilitator, north));
        var asker = await tenant.NewPersonAsync();

        var made = await tenant.As(asker).CreateAsync("/v1/access-requests", new { role = "facilitator", reason = "I run the fall assessment.", organization = new { id = north } });

        Assert.Equal((asker.Id, "open", "facilitator", "I run the fall assessment.", null), (
            (Guid)made["personId"]!, (string?)made["status"], (string?)made["role"], (string?)made["reason"], (string?)made["organizationName"]));
        var seen = await tenant.As(lead).ReadAsync($"/v1/access-requests/{made.Id()}");
        Assert.Equal((asker.Name, asker.Email, "North"), ((string?)seen["name"], (string?)seen["email"], (string?)seen["organizationName"]));
        Assert.Equal(made.Id(), (Guid)Assert.Single((await tenant.As(lead).ReadAsync($"/v1/access-requests?status=open&organizationId={north}"))["items"]!.AsArray())!["id"]!);
        var mail = await tenant.StoredAsync(db => db.Mails.SingleAsync(Ct));
        Assert.Equal((MailKind.AccessRequest, lead.Email), (mail.Kind, mail.RecipientAddress));
        Assert.Equal(made.Id(), (await tenant.As(asker).ReadAsync($"/v1/me/access-requests/{made.Id()}")).Id());
        Assert.Single((await tenant.As(asker).ReadAsync("/v1/me/access-requests?count=true"))["items"]!.AsArray());
        Assert.DoesNotContain("assessment.", string.Concat(await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Detail).ToListAsync(Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_could_not_give_it_does_not_see_it()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var asker = tenant.As(await tenant.NewPersonAsync());
        var admin = await asker.CreateAsync("/v1/access-requests", new { role = "agencyAdmin", reason = "Why", organization = new { id = north } });
        var whole = await asker.CreateAsync("/v1/access-requests", new { role = "viewer", reason = "Why" });
        var viewer = await asker.CreateAsync("/v1/access-requests", new { role = "viewer", reason = "Why", organization = new { id = north } });
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north), (Role.AgencyAdmin, south)));
        var all = tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null), (Role.DistrictLead, north)));

        Assert.Equal([viewer.Id()], Ids(await lead.ReadAsync("/v1/access-requests")));
        Assert.Equal([viewer.Id(), whole.Id(), admin.Id()], Ids(await all.ReadAsync("/v1/access-requests?count=true")));
        var page = await all.ReadAsync("/v1/access-requests?limit=2");
        Assert.Equal([admin.Id()], Ids(await all.ReadAsync($"/v1/access-requests?limit=2&cursor={page["nextCursor"]}")));
        foreach (var hidden in (JsonObject[])[admin, whole])
        {
            await (await lead.GetAsync($"/v1/access-requests/{hidden.Id()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "access_request.not_found");
            await (await lead.SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{hidden.Id()}/grant", new { }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "access_request.not_found");
        }

        Assert.Empty((await tenant.Only("people:read").ReadAsync("/v1/access-requests"))["items"]!.AsArray());
        Assert.Equal(2, (await tenant.Within(north).ReadAsync("/v1/access-requests"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_told()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, north));
        var client = tenant.As(person);
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{south}/close", new { closedOn = "2026-06-30" }, "*")).ExpectAsync(HttpStatusCode.OK);

        await (await AskAsync(client, "viewer", north)).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.already_member");
        await (await AskAsync(client, "viewer", Guid.NewGuid())).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.unknown_organization");
        await (await AskAsync(client, "viewer", south)).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.organization_closed");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/access-requests", new { role = "viewer", reason = "" })).ExpectFaultAsync("/reason", "value.required");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/access-requests", new { role = "viewer", reason = new string('x', 1001) })).ExpectFaultAsync("/reason", "value.too_long");
        await (await AskAsync(client, "reviewer", north)).ExpectAsync(HttpStatusCode.Created);
        await (await AskAsync(client, "reviewer", north)).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.already_open");
        await (await AskAsync(tenant.Everything(), "viewer", north)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
    }

    [Fact]
    public async Task Many_at_once_are_one_request_and_no_more_than_five_are_open()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.As(await tenant.NewPersonAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(client, "viewer", north)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        var roles = (string[])["reviewer", "facilitator", "participant", "districtLead", "agencyAdmin", "viewer"];
        var more = await Task.WhenAll(roles.Select(role => AskAsync(client, role, south)));

        Assert.Equal(AccessRequest.MaxOpen - 1, more.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        await (await AskAsync(client, "reviewer", north)).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.too_many");
        Assert.Equal(AccessRequest.MaxOpen, await tenant.StoredAsync(db => db.AccessRequests.CountAsync(Ct)));
    }

    [Fact]
    public async Task Whoever_asked_takes_it_back_and_nobody_else_can()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.As(await tenant.NewPersonAsync());
        var made = await (await AskAsync(client, "viewer", north)).ExpectAsync(HttpStatusCode.Created);
        var path = $"/v1/access-requests/{made.Id()}/withdraw";

        await (await tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null))).SendJsonAsync(HttpMethod.Post, path, null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "access_request.not_found");
        await (await client.SendJsonAsync(HttpMethod.Post, path)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        Assert.Equal("withdrawn", (string?)(await (await client.SendJsonAsync(HttpMethod.Post, path, null, made.ETag())).ExpectAsync(HttpStatusCode.OK))["status"]);
        await (await client.SendJsonAsync(HttpMethod.Post, path, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.decided");
        await (await AskAsync(client, "viewer", north)).ExpectAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task It_is_granted_with_a_note_and_counts_at_once()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var (lead, asker) = (await tenant.NewPersonAsync((Role.DistrictLead, north)), await tenant.NewPersonAsync());
        var made = await (await AskAsync(tenant.As(asker), "viewer", north)).ExpectAsync(HttpStatusCode.Created);

        var granted = await (await tenant.As(lead).SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/grant", new { note = "Welcome.", endsOn = "2099-06-30" }, made.ETag()))
            .ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("granted", "Welcome.", lead.Id, 2), ((string?)granted["status"], (string?)granted["note"], (Guid)granted["decidedByPersonId"]!, (int)granted["version"]!));
        Assert.Equal(north, (Guid)Assert.Single((await tenant.As(asker).ReadAsync("/v1/me"))["access"]!.AsArray())!["organizationId"]!);
        var membership = await tenant.StoredAsync(db => db.Memberships.SingleAsync(m => m.PersonId == asker.Id, Ct));
        Assert.Equal(((Guid)granted["membershipId"]!, Role.Viewer, new DateOnly(2099, 6, 30)), (membership.Id, membership.Role, membership.EndsOn!.Value));
        var mail = await tenant.StoredAsync(db => db.Mails.SingleAsync(m => m.Kind == MailKind.AccessDecision, Ct));
        Assert.Equal(asker.Email, mail.RecipientAddress);
        Assert.Contains("you are now viewer in North", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Welcome.", mail.TextBody, StringComparison.Ordinal);
        Assert.Superset(new HashSet<string> { "accessRequest.created", "membership.created", "accessRequest.granted" }, (await tenant.AuditedAsync()).ToHashSet());
    }

    [Fact]
    public async Task Less_than_was_asked_for_can_be_granted_and_no_more_than_one_could_give()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var (lead, asker) = (tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north))), await tenant.NewPersonAsync());
        var path = $"/v1/access-requests/{(await (await AskAsync(tenant.As(asker), "facilitator", north)).ExpectAsync(HttpStatusCode.Created)).Id()}/grant";

        await (await lead.SendJsonAsync(HttpMethod.Post, path, new { role = "agencyAdmin" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "membership.beyond_your_reach");
        await (await lead.SendJsonAsync(HttpMethod.Post, path, new { organization = new { id = south } }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.unknown_organization");
        await (await lead.SendJsonAsync(HttpMethod.Post, path, new { personId = Guid.NewGuid() }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "access_request.unknown_person");
        await (await lead.SendJsonAsync(HttpMethod.Post, path, new { startsOn = "2026-02-01", endsOn = "2026-01-01" }, "*")).ExpectFaultAsync("/endsOn", "value.out_of_range");
        await (await lead.SendJsonAsync(HttpMethod.Post, path, new { role = "viewer" }, "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(Role.Viewer, await tenant.StoredAsync(db => db.Memberships.Where(m => m.PersonId == asker.Id).Select(m => m.Role).SingleAsync(Ct)));
    }

    [Fact]
    public async Task It_is_refused_with_a_note_that_the_asker_reads()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var asker = await tenant.NewPersonAsync();
        var made = await (await AskAsync(tenant.As(asker), "viewer", north)).ExpectAsync(HttpStatusCode.Created);
        var path = $"/v1/access-requests/{made.Id()}/refuse";

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, path, new { note = "" }, "*")).ExpectFaultAsync("/note", "value.required");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, path, new { note = "Not this year." })).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, path, new { note = "Not this year." }, made.ETag())).ExpectAsync(HttpStatusCode.OK);

        var read = await tenant.As(asker).ReadAsync($"/v1/me/access-requests/{made.Id()}");
        Assert.Equal(("refused", "Not this year."), ((string?)read["status"], (string?)read["note"]));
        Assert.Equal(0, await tenant.StoredAsync(db => db.Memberships.CountAsync(m => m.PersonId == asker.Id, Ct)));
        Assert.Contains("Not this year.", await tenant.StoredAsync(db => db.Mails.Where(m => m.Kind == MailKind.AccessDecision).Select(m => m.TextBody).SingleAsync(Ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", HttpStatusCode.PreconditionFailed, "concurrency.stale_version")]
    [InlineData("*", HttpStatusCode.Conflict, "access_request.decided")]
    public async Task Of_several_who_decide_at_once_one_does(string version, HttpStatusCode status, string code)
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var asker = await tenant.NewPersonAsync();
        var made = await (await AskAsync(tenant.As(asker), "viewer", north)).ExpectAsync(HttpStatusCode.Created);
        var ifMatch = version == "*" ? "*" : $"\"{version}\"";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0
            ? tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/grant", new { }, ifMatch)
            : tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/refuse", new { note = "No." }, ifMatch)));

        var one = await Assert.Single(answers, answer => answer.IsSuccessStatusCode).ExpectAsync(HttpStatusCode.OK);
        foreach (var late in answers.Where(answer => !answer.IsSuccessStatusCode))
            await late.ExpectProblemAsync(status, code);
        Assert.Equal((string?)one["status"] == "granted" ? 1 : 0, await tenant.StoredAsync(db => db.Memberships.CountAsync(m => m.PersonId == asker.Id, Ct)));
    }

    [Fact]
    public async Task Neither_a_deactivated_person_nor_a_closed_organization_is_granted_anything()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var (gone, asker) = (await tenant.NewPersonAsync(), await tenant.NewPersonAsync());
        var (one, other) = (await (await AskAsync(tenant.As(gone), "viewer", north)).ExpectAsync(HttpStatusCode.Created), await (await AskAsync(tenant.As(asker), "viewer", south)).ExpectAsync(HttpStatusCode.Created));
        await (await tenant.Everything().TurnAsync(gone.Id, "deactivate")).ExpectAsync(HttpStatusCode.OK);
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{south}/close", new { closedOn = "2026-06-30" }, "*")).ExpectAsync(HttpStatusCode.OK);

        foreach (var (made, code) in new[] { (one, "access_request.person_deactivated"), (other, "access_request.organization_closed") })
            await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/access-requests/{made.Id()}/grant", new { }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, code);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string role, Guid organizationId) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/access-requests", new { role, reason = "Why", organization = new { id = organizationId } });

    private static IEnumerable<Guid> Ids(JsonObject page) => page["items"]!.AsArray().Select(item => (Guid)item!["id"]!);
}
