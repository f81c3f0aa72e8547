using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Organizations;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class CloseOrganizationTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task It_closes_with_its_successor_and_reopens()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (old, heir) = (await client.AddAsync("school", "Old"), await client.AddAsync("school", "Heir"));

        var closed = await (await CloseAsync(client, old.Id(), new { closedOn = "2026-06-30", successorId = heir.Id() }, old.ETag())).ExpectAsync(HttpStatusCode.OK);
        var stored = await tenant.StoredAsync(db => db.Organizations.SingleAsync(o => o.Id == old.Id()));
        var reopened = await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{old.Id()}/reopen", null, closed.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("closed", "2026-06-30", heir.Id()), ((string?)closed["status"], (string?)closed["closedOn"], (Guid)closed["successorId"]!));
        Assert.Equal((OrganizationStatus.Closed, new DateOnly(2026, 6, 30), heir.Id(), 2L), (stored.Status, stored.ClosedOn!.Value, stored.SuccessorId!.Value, stored.Version));
        Assert.Equal(("active", null, null, 3L), ((string?)reopened["status"], (string?)reopened["closedOn"], (string?)reopened["successorId"], (long)reopened["version"]!));
        Assert.Equal(
            ["organization.closed", "organization.reopened"],
            await tenant.StoredAsync(db => db.AuditEvents.Where(a => a.ResourceId == old.Id() && a.Action != "organization.created").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task Each_rule_refuses_with_its_code()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/organizations", new { kind = "school", name = "Elm", openedOn = "2020-09-01" });
        var sibling = await client.AddAsync("school", "Sibling");
        var id = made.Id();

        await (await CloseAsync(client, id, new { closedOn = "2020-08-31" })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.closed_before_opened");
        await (await CloseAsync(client, id, new { closedOn = "2026-06-30", successorId = id })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.own_successor");
        await (await CloseAsync(client, id, new { closedOn = "2026-06-30", successorId = Guid.CreateVersion7() })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_successor");
        await (await CloseAsync(tenant.Within(id), id, new { closedOn = "2026-06-30", successorId = sibling.Id() })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.unknown_successor");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/reopen", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.not_closed");
        Assert.Equal(1, await tenant.StoredAsync(db => db.Organizations.Where(o => o.Id == id).Select(o => o.Version).SingleAsync()));

        await (await CloseAsync(client, id, new { closedOn = "2026-06-30" })).ExpectAsync(HttpStatusCode.OK);
        await (await CloseAsync(client, id, new { closedOn = "2026-06-30" })).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.already_closed");
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/organizations/{id}", new { kind = "school", name = "Elm", openedOn = "2026-07-01" }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "organization.closed_before_opened");
    }

    [Fact]
    public async Task It_needs_the_present_version()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var id = (await client.AddAsync("school", "Elm")).Id();

        await (await CloseAsync(client, id, new { closedOn = "2026-06-30" }, null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/reopen")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await CloseAsync(client, id, new { closedOn = "30.6.2026" })).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    private static Task<HttpResponseMessage> CloseAsync(HttpClient client, Guid id, object body, string? ifMatch = "*") =>
        client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{id}/close", body, ifMatch);
}
