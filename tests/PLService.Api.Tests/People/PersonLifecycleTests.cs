using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

/// <summary>In, out, in again, and gone.</summary>
public sealed class PersonLifecycleTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_deactivated_is_out_with_the_next_request_and_comes_back_with_the_roles()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, north));
        var (client, admin) = (tenant.As(person), tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north))));
        await client.ReadAsync($"/v1/organizations/{north}");

        var out1 = await (await admin.TurnAsync(person.Id, "deactivate")).ExpectAsync(HttpStatusCode.OK);
        await (await client.GetAsync($"/v1/organizations/{north}", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        await (await admin.TurnAsync(person.Id, "deactivate")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.already_deactivated");
        var back = await (await admin.TurnAsync(person.Id, "reactivate")).ExpectAsync(HttpStatusCode.OK);
        // The session that ended stays so; with a new one everything is as it was.
        await (await client.GetAsync($"/v1/organizations/{north}", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
        await tenant.As(person).ReadAsync($"/v1/organizations/{north}");
        await (await admin.TurnAsync(person.Id, "reactivate")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.not_deactivated");

        Assert.Equal(("deactivated", 2L), ((string?)out1["status"], (long)out1["version"]!));
        Assert.NotNull(out1["deactivatedAt"]);
        Assert.Equal(("active", 3L, null), ((string?)back["status"], (long)back["version"]!, back["deactivatedAt"]));
        Assert.Equal(["person.deactivated", "person.reactivated"], await tenant.ActionsAsync());
    }

    [Fact]
    public async Task A_transition_needs_the_present_version()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddPersonAsync("Ada");
        var address = $"/v1/people/{made.Id()}";

        foreach (var (method, path) in new[] { (HttpMethod.Post, "/deactivate"), (HttpMethod.Post, "/reactivate"), (HttpMethod.Delete, "") })
        {
            await (await client.SendJsonAsync(method, address + path)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
            await (await client.SendJsonAsync(method, address + path, null, "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        }

        Assert.Equal(1, await tenant.StoredAsync(db => db.People.Select(p => p.Version).SingleAsync()));
    }

    [Fact]
    public async Task Nobody_shuts_out_somebody_greater_and_the_employer_shuts_out_whoever_else()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var everything = tenant.Everything();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var admin = await everything.AddPersonAsync("Admin", north);
        var coach = await everything.AddPersonAsync("Coach", north);
        await everything.GiveRoleAsync(admin.Id(), "agencyAdmin", north);
        await everything.GiveRoleAsync(coach.Id(), "reviewer", south);

        await (await lead.TurnAsync(admin.Id(), "deactivate")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        await (await lead.TurnAsync(coach.Id(), "deactivate")).ExpectAsync(HttpStatusCode.OK);
        // Letting in again would give a role in the other district.
        await (await lead.TurnAsync(coach.Id(), "reactivate")).ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        await (await everything.TurnAsync(admin.Id(), "deactivate")).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_who_was_never_used_goes_with_ids_and_roles()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/people", new { name = "Typo", organizationId = north, identifiers = new[] { new { system = "hr", value = "1" } } });
        await client.GiveRoleAsync(made.Id(), "viewer", north);

        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/people/{made.Id()}", null, "\"2\"")).ExpectAsync(HttpStatusCode.NoContent);

        Assert.Equal((0, 0, 0), await tenant.StoredAsync(async db => (await db.People.CountAsync(), await db.PersonIdentifiers.CountAsync(), await db.Memberships.CountAsync())));
        var changes = await client.ReadAsync($"/v1/changes?limit=500");
        var deleted = changes["items"]!.AsArray().Single(item => (string?)item!["action"] == "person.deleted")!;
        Assert.Equal((made.Id(), "hr", "1"), ((Guid)deleted["resourceId"]!, (string?)deleted["identifiers"]![0]!["system"], (string?)deleted["identifiers"]![0]!["value"]));
        await (await client.GetAsync($"/v1/people/{made.Id()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "person.not_found");
    }

    [Fact]
    public async Task One_who_did_something_stays()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.DistrictLead, north));
        await (await tenant.As(person).SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{north}", new { name = "N" }, "*")).ExpectAsync(HttpStatusCode.OK);

        var response = await tenant.Everything().SendJsonAsync(HttpMethod.Delete, $"/v1/people/{person.Id}", null, "*");

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, "person.in_use");
        Assert.Equal(1, await tenant.StoredAsync(db => db.Memberships.CountAsync(Ct)));
    }

    [Fact]
    public async Task Roles_that_one_could_not_end_do_not_go_with_the_person()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var coach = await tenant.Everything().AddPersonAsync("Coach", north);
        await tenant.Everything().GiveRoleAsync(coach.Id(), "reviewer", south);

        var response = await tenant.Within(north).SendJsonAsync(HttpMethod.Delete, $"/v1/people/{coach.Id()}", null, "*");

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
    }

    [Fact]
    public async Task An_organization_with_people_stays()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var made = await client.AddPersonAsync("Ada", north);
        await client.GiveRoleAsync(made.Id(), "viewer", south);

        foreach (var organization in new[] { north, south })
            await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{organization}", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "organization.in_use");
    }
}
