using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Mailing;
using static PLService.Api.Tests.Mailing.MailSteps;

namespace PLService.Api.Tests.Mails;

/// <summary>The outbox of a service without a mail server: everything is shown, and nothing sent.</summary>
public sealed class MailEndpointTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_mail_server_a_mail_is_shown_with_its_link()
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress();
        var id = await api.QueueMailAsync(tenant, SampleMails.Invitation("t0ken"), address);

        var mail = await tenant.Everything().ReadAsync($"/v1/mails/{id}");

        Assert.Equal(("shown", address, "Ana Gómez", "es", "invitation"), Facts(mail["mail"]!));
        Assert.Contains("https://pl.example.org/invitations/t0ken", (string?)mail["textBody"], StringComparison.Ordinal);
        Assert.Contains("<html lang=\"es\">", (string?)mail["htmlBody"], StringComparison.Ordinal);
        Assert.Equal(0, await tenant.StoredAsync(db => db.Jobs.CountAsync(Ct)));
        var read = await AuditAsync(tenant, id);
        Assert.Equal(("mail.read", "{\"body\": true, \"kind\": \"invitation\"}"), (read.Action, read.Detail));
    }

    [Fact]
    public async Task Lists_are_narrowed_and_paged_newest_first_without_what_mails_say()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var address = NewAddress();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add(await api.QueueMailAsync(tenant, SampleMails.Closing(), i == 1 ? address : NewAddress()));
        var invitation = await api.QueueMailAsync(tenant, SampleMails.Invitation(), NewAddress());

        var first = await client.ReadAsync("/v1/mails?limit=2&kind=windowClosing&count=true");
        var second = await client.ReadAsync($"/v1/mails?limit=2&kind=windowClosing&cursor={first["nextCursor"]}");

        Assert.Equal(Enumerable.Reverse(ids), first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(mail => (Guid)mail!["id"]!));
        Assert.Equal((3, null), ((int)first["count"]!, second["nextCursor"]));
        Assert.DoesNotContain("body", first.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([invitation], Ids(await client.ReadAsync("/v1/mails?kind=invitation&status=shown")));
        Assert.Empty(Ids(await client.ReadAsync("/v1/mails?status=bounced")));
        Assert.Equal([ids[1]], Ids(await client.ReadAsync($"/v1/mails?address={Uri.EscapeDataString(address.ToUpperInvariant())}")));
    }

    [Fact]
    public async Task Each_list_leaves_one_audit_event_that_names_nobody_and_is_no_change()
    {
        var tenant = await api.NewTenantAsync();
        var address = NewAddress();
        await api.QueueMailAsync(tenant, SampleMails.Closing(), address);

        await tenant.Everything().ReadAsync($"/v1/mails?address={address}");

        var read = await AuditAsync(tenant, tenant.Id);
        Assert.Equal("mail.read", read.Action);
        Assert.DoesNotContain(address, read.Detail, StringComparison.Ordinal);
        Assert.Empty((await tenant.Everything().ReadAsync("/v1/changes"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_bad_questions_are_told()
    {
        var client = (await api.NewTenantAsync()).Everything();

        await (await client.GetAsync($"/v1/mails/{Guid.NewGuid()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "mail.not_found");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{Guid.NewGuid()}/resend", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "mail.not_found");
        await (await client.GetAsync("/v1/mails?kind=postcard", Ct)).ExpectFaultAsync("?kind", "query.bad_value");
        await (await client.GetAsync("/v1/mails?limit=501", Ct)).ExpectFaultAsync("?limit", "value.out_of_range");
        await (await client.GetAsync($"/v1/mails?address={new string('a', 300)}", Ct)).ExpectFaultAsync("?address", "value.too_long");
    }

    [Fact]
    public async Task Who_reaches_only_a_part_of_the_tenant_reads_no_mail()
    {
        var tenant = await api.NewTenantAsync();
        var state = await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "state", name = "State" });
        var part = tenant.Within(state.Id());

        await (await part.GetAsync("/v1/mails", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.whole_tenant_only");
        await (await tenant.Only("tenant:read", "mail:write").GetAsync("/v1/mails", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    [Fact]
    public async Task Without_a_mail_server_nothing_is_sent_again()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var shown = await api.QueueMailAsync(tenant, SampleMails.Closing(), NewAddress());
        var failed = await api.QueueMailAsync(tenant, SampleMails.Closing(), NewAddress());
        await tenant.StoredAsync(db => db.Mails.Where(mail => mail.Id == failed).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, MailStatus.Failed), Ct));

        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{shown}/resend", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "mail.not_undelivered");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/mails/{failed}/resend", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "mail.not_configured");
    }

    [Fact]
    public async Task Mail_to_a_person_who_is_removed_goes_with_the_person()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var person = await client.CreateAsync("/v1/people", new { name = "Ana Gómez", email = NewAddress() });
        var hers = await api.QueueMailAsync(tenant, SampleMails.Closing(), (string)person["email"]!, personId: person.Id());
        var other = await api.QueueMailAsync(tenant, SampleMails.Closing(), NewAddress());
        Assert.Equal(person.Id(), (Guid)(await client.ReadAsync($"/v1/mails/{hers}"))["mail"]!["recipientPersonId"]!);

        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/people/{person.Id()}", ifMatch: person.ETag())).ExpectAsync(HttpStatusCode.NoContent);

        Assert.Equal([other], await tenant.StoredAsync(db => db.Mails.Select(mail => mail.Id).ToListAsync(Ct)));
    }

    private static (string?, string?, string?, string?, string?) Facts(JsonNode mail) =>
        ((string?)mail["status"], (string?)mail["recipientAddress"], (string?)mail["recipientName"], (string?)mail["language"], (string?)mail["kind"]);

    private static IEnumerable<Guid> Ids(JsonObject page) => page["items"]!.AsArray().Select(mail => (Guid)mail!["id"]!);

    private static async Task<(string Action, string Detail)> AuditAsync(TestTenant tenant, Guid resource)
    {
        var found = await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.ResourceId == resource).SingleAsync(Ct));
        return (found.Action, found.Detail!);
    }
}
