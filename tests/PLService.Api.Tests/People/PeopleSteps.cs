using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

/// <summary>What tests about people do, in one line each.</summary>
internal static class PeopleSteps
{
    /// <summary>Two districts beside each other.</summary>
    public static async Task<(TestTenant Tenant, Guid North, Guid South)> NewTenantOfTwoDistrictsAsync(this ApiServer api)
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        return (tenant, (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id(),
            (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "South" })).Id());
    }

    public static Task<JsonObject> AddPersonAsync(this HttpClient client, string name, Guid? organizationId = null, string? email = null) =>
        client.CreateAsync("/v1/people", new { name, organizationId, email });

    public static Task<HttpResponseMessage> GiveAsync(this HttpClient client, Guid personId, string role, Guid? organizationId = null) =>
        client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{personId}/memberships", new { role, organizationId });

    public static async Task<JsonObject> GiveRoleAsync(this HttpClient client, Guid personId, string role, Guid? organizationId = null) =>
        await (await client.GiveAsync(personId, role, organizationId)).ExpectAsync(HttpStatusCode.Created);

    /// <summary>A transition of a person, whatever the version.</summary>
    public static Task<HttpResponseMessage> TurnAsync(this HttpClient client, Guid personId, string transition) =>
        client.SendJsonAsync(HttpMethod.Post, $"/v1/people/{personId}/{transition}", null, "*");

    public static IEnumerable<string?> Names(this JsonObject page) => page["items"]!.AsArray().Select(item => (string?)item!["name"]);

    /// <summary>What the trail says, the oldest first.</summary>
    public static Task<List<string>> ActionsAsync(this TestTenant tenant) =>
        tenant.StoredAsync(db => db.AuditEvents.OrderBy(e => e.Id).Select(e => e.Action).Where(action => !action.StartsWith("organization.")).ToListAsync());
}
