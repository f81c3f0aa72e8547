using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

/// <summary>A region with a district that has a plan, and people on both sides.</summary>
internal sealed record ReviewedDistrict(TestTenant Tenant, Guid Region, Guid District, Person Lead, Person Reviewer, string Plan)
{
    public Guid PlanId => Guid.Parse(Plan.Split('/')[^1]);

    public HttpClient Everything => Tenant.Everything();

    /// <summary>Who leads in the district.</summary>
    public HttpClient AsLead => Tenant.As(Lead);

    /// <summary>Who reviews for the region.</summary>
    public HttpClient AsReviewer => Tenant.As(Reviewer);
}

/// <summary>What tests about the life of plans do, in one line each.</summary>
internal static class ReviewSteps
{
    public static async Task<ReviewedDistrict> NewReviewedDistrictAsync(this ApiServer api, string? template = null)
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var region = (await everything.CreateAsync("/v1/organizations", new { kind = "region", name = "Region" })).Id();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar Valley", parentId = region })).Id();
        var plan = await everything.NewPlanAsync(district, template);
        return new(tenant, region, district, await tenant.NewPersonAsync((Role.DistrictLead, district)), await tenant.NewPersonAsync((Role.Reviewer, region)), $"/v1/plans/{plan.Id()}");
    }

    public static Task<JsonObject> NewPlanAsync(this HttpClient client, Guid organizationId, string? template = null) =>
        client.CreateAsync("/v1/plans", new { organizationId, title = "Plan 2026-27", startsOn = "2026-09-01", endsOn = "2027-08-31", template });

    /// <summary>A transition, whatever the version.</summary>
    public static Task<HttpResponseMessage> TurnPlanAsync(this HttpClient client, string plan, string transition, object? body = null) =>
        client.SendJsonAsync(HttpMethod.Post, $"{plan}/{transition}", body, "*");

    public static async Task<JsonObject> TurnedAsync(this HttpClient client, string plan, string transition, object? body = null) =>
        await (await client.TurnPlanAsync(plan, transition, body)).ExpectAsync(HttpStatusCode.OK);

    /// <summary>Changes a part or the plan, whatever the version.</summary>
    public static async Task<JsonObject> PatchedAsync(this HttpClient client, string address, object patch) =>
        await (await client.SendJsonAsync(HttpMethod.Patch, address, patch, "*")).ExpectAsync(HttpStatusCode.OK);

    public static IEnumerable<JsonObject> Items(this JsonObject page) => page["items"]!.AsArray().Select(item => item!.AsObject());
}
