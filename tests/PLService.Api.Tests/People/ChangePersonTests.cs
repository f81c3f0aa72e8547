using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

public sealed class ChangePersonTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Put_replaces_all_and_patch_what_it_names()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/people", new { name = "Ada", email = "ada@example.org", organizationId = north, position = "Principal", timeZone = "America/Denver" });
        var address = $"/v1/people/{made.Id()}";

        var replaced = await (await client.SendJsonAsync(HttpMethod.Put, address, new { name = "Ada M.", organizationId = south, employeeGroup = "contractor" }, "\"1\"")).ExpectAsync(HttpStatusCode.OK);
        var patched = await (await client.SendJsonAsync(HttpMethod.Patch, address, """{"email":"ada@example.net","organizationId":null,"language":"es"}""", "\"2\"")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal((null, null, null, "contractor"), ((string?)replaced["email"], (string?)replaced["position"], (string?)replaced["timeZone"], (string?)replaced["employeeGroup"]));
        Assert.Equal(3, (long)patched["version"]!);
        Assert.Equal(
            new PersonDetails("Ada M.", "ada@example.net", null, null, EmployeeGroup.Contractor, "es"), await tenant.StoredAsync(async db => (await db.People.SingleAsync()).Details()));
        Assert.Equal(["person.changed", "person.changed", "person.created", "person.movedAway", "person.movedAway"], (await tenant.ActionsAsync()).Order(StringComparer.Ordinal));
        var details = await tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "person.changed").OrderBy(e => e.Id).Select(e => e.Detail).ToListAsync());
        Assert.Contains("employeeGroup", details[0], StringComparison.Ordinal);
        Assert.All(details, detail => Assert.DoesNotContain("example", detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_the_same_already_changes_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddPersonAsync("Ada", email: "ada@example.org");

        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/people/{made.Id()}", new { name = "Ada", email = "ada@example.org" }, "*")).ExpectAsync(HttpStatusCode.OK);
        var again = await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/people/{made.Id()}", "{}", "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(1, (long)again["version"]!);
        Assert.Equal(["person.created"], await tenant.ActionsAsync());
    }

    [Fact]
    public async Task Of_two_administrators_who_edit_one_person_the_second_has_to_look_again()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var made = await tenant.Everything().AddPersonAsync("Ada", north);
        var address = $"/v1/people/{made.Id()}";
        var (one, two) = (tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null))), tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null))));
        var (ofOne, ofTwo) = (await one.ReadAsync(address), await two.ReadAsync(address));

        await (await one.SendJsonAsync(HttpMethod.Patch, address, """{"position":"Principal"}""", ofOne.ETag())).ExpectAsync(HttpStatusCode.OK);
        var late = await two.SendJsonAsync(HttpMethod.Patch, address, """{"position":"Coach"}""", ofTwo.ETag());

        Assert.Equal(2, (long)(await late.ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version"))["currentVersion"]!);
        Assert.Equal("Principal", (string?)(await two.ReadAsync(address))["position"]);
        await (await two.SendJsonAsync(HttpMethod.Patch, address, """{"position":"Coach"}""", "\"2\"")).ExpectAsync(HttpStatusCode.OK);
        // Many at the same moment: one of them wins.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => one.SendJsonAsync(HttpMethod.Patch, address, $$"""{"position":"P{{n}}"}""", "\"3\"")));
        Assert.Equal(1, answers.Count(a => a.StatusCode is HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(a => a.StatusCode is HttpStatusCode.PreconditionFailed));
        await (await two.SendJsonAsync(HttpMethod.Patch, address, "{}")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
    }

    [Fact]
    public async Task Who_is_only_seen_is_not_changed_and_who_is_not_seen_is_not_found()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var guest = await tenant.Everything().AddPersonAsync("Guest", south);
        var stranger = await tenant.Everything().AddPersonAsync("Stranger", south);
        await tenant.Everything().GiveRoleAsync(guest.Id(), "viewer", north);
        var client = tenant.Within(north);

        foreach (var (id, status, code) in new[] { (guest.Id(), HttpStatusCode.Conflict, "person.not_yours"), (stranger.Id(), HttpStatusCode.NotFound, "person.not_found") })
        {
            await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/people/{id}", new { name = "Mine", organizationId = north }, "*")).ExpectProblemAsync(status, code);
            await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/people/{id}", """{"name":"Mine"}""", "*")).ExpectProblemAsync(status, code);
            await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/people/{id}", null, "*")).ExpectProblemAsync(status, code);
            await (await client.TurnAsync(id, "deactivate")).ExpectProblemAsync(status, code);
            await (await client.TurnAsync(id, "reactivate")).ExpectProblemAsync(status, code);
            await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{id}/identifiers", new { system = "hr", value = "1" })).ExpectProblemAsync(status, code);
            await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{id}/identifiers/{Guid.CreateVersion7()}/end", new { })).ExpectProblemAsync(status, code);
        }

        foreach (var list in new[] { "", "/identifiers", "/memberships" })
            await (await client.GetAsync($"/v1/people/{stranger.Id()}{list}", TestContext.Current.CancellationToken)).ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
        Assert.Equal(["Guest", "Stranger"], await tenant.StoredAsync(db => db.People.OrderBy(p => p.Name).Select(p => p.Name).ToListAsync()));
    }

    [Fact]
    public async Task A_person_stays_where_the_caller_reaches()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var made = await tenant.Everything().AddPersonAsync("Ada", north);
        var client = tenant.Within(north);

        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/people/{made.Id()}", new { name = "Ada", organizationId = south }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.unknown_organization");
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/people/{made.Id()}", new { name = "Ada" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.organization_required");
        Assert.Equal(north, await tenant.StoredAsync(db => db.People.Select(p => p.OrganizationId).SingleAsync()));
    }

    [Fact]
    public async Task An_address_that_is_taken_or_bad_is_refused()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddPersonAsync("Ada", email: "ada@example.org");
        var ben = $"/v1/people/{(await client.AddPersonAsync("Ben")).Id()}";

        await (await client.SendJsonAsync(HttpMethod.Put, ben, new { name = "Ben", email = "ADA@example.org" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.email_taken");
        await (await client.SendJsonAsync(HttpMethod.Put, ben, new { name = "Ben", email = "ada" }, "*")).ExpectFaultAsync("/email", "person.bad_email");
        await (await client.SendJsonAsync(HttpMethod.Patch, ben, """{"language":"no language"}""", "*")).ExpectFaultAsync("/language", "person.bad_language");
        await (await client.SendJsonAsync(HttpMethod.Patch, ben, """{"timeZone":"UTC+2"}""", "*")).ExpectFaultAsync("/timeZone", "person.unknown_time_zone");
        await (await client.SendJsonAsync(HttpMethod.Patch, ben, """{"status":"deactivated"}""", "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        Assert.Equal(1, await tenant.StoredAsync(db => db.People.Where(p => p.Name == "Ben").Select(p => p.Version).SingleAsync()));
    }

    [Fact]
    public async Task Nobody_becomes_somebody_greater_by_writing_their_address()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var everything = tenant.Everything();
        var teacher = await everything.AddPersonAsync("Teacher", north, "teacher@example.org");
        var admin = await everything.AddPersonAsync("Admin", north, "admin@example.org");
        var coach = await everything.AddPersonAsync("Coach", north, "coach@example.org");
        await everything.GiveRoleAsync(teacher.Id(), "facilitator", north);
        await everything.GiveRoleAsync(admin.Id(), "agencyAdmin", north);
        await everything.GiveRoleAsync(coach.Id(), "reviewer", south);
        var patch = """{"email":"mine@example.org"}""";

        await (await lead.SendJsonAsync(HttpMethod.Patch, $"/v1/people/{admin.Id()}", patch, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        await (await lead.SendJsonAsync(HttpMethod.Patch, $"/v1/people/{coach.Id()}", patch, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        await (await tenant.Within(north).SendJsonAsync(HttpMethod.Patch, $"/v1/people/{coach.Id()}", patch, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        // Neither the case of letters nor anything else makes it another person.
        await (await lead.SendJsonAsync(HttpMethod.Patch, $"/v1/people/{admin.Id()}", """{"email":"Admin@example.org","position":"Chief"}""", "*")).ExpectAsync(HttpStatusCode.OK);
        await (await lead.SendJsonAsync(HttpMethod.Patch, $"/v1/people/{teacher.Id()}", patch, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(
            ["Admin@example.org", "coach@example.org", "mine@example.org"],
            await tenant.StoredAsync(db => db.People.Where(p => p.OrganizationId == north && !p.Name.StartsWith("Person ")).OrderBy(p => p.Name).Select(p => p.Email!).ToListAsync()));
    }
}
