using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

public sealed class DeleteOrganizationTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_unused_organization_goes_with_its_outside_ids()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.AddAsync("state", "State");
        var made = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar", parentId = state.Id(), identifiers = new[] { new { system = "nces", value = "1" } } });

        var response = await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{made.Id()}", null, made.ETag());

        await response.ExpectAsync(HttpStatusCode.NoContent);
        Assert.Equal(0, await tenant.StoredAsync(db => db.OrganizationIdentifiers.CountAsync()));
        Assert.Equal(state.Id(), await tenant.StoredAsync(db => db.Organizations.Select(o => o.Id).SingleAsync()));
        Assert.Equal(state.Id(), (await tenant.StoredAsync(db => db.AuditEvents.SingleAsync(a => a.Action == "organization.deleted"))).OrganizationId);
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task One_with_organizations_below_it_stays()
    {
        var tenant = await api.NewTenantAsync();
        var state = await tenant.Everything().AddAsync("state", "State");
        await tenant.Everything().AddAsync("district", "Cedar", state.Id());

        var response = await tenant.Everything().SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{state.Id()}", null, "*");

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, "organization.in_use");
        Assert.Equal(2, await tenant.StoredAsync(db => db.Organizations.CountAsync()));
        Assert.Equal(0, await tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "organization.deleted")));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task One_that_an_API_client_is_bound_to_stays()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.AddAsync("district", "Cedar");
        await client.CreateAsync("/v1/api-clients", new { name = "n", scopes = new[] { Scopes.OrganizationsRead }, organizationId = made.Id() });

        var response = await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{made.Id()}", null, "*");

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, "organization.in_use");
    }

    [Fact]
    public async Task It_needs_the_present_version()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddAsync("district", "Cedar");

        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{made.Id()}")).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/organizations/{made.Id()}", null, "\"2\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
    }
}
