using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

/// <summary>A plan of a district, and whoever may do everything there.</summary>
internal sealed record PlanAtWork(TestTenant Tenant, Guid District, HttpClient Everything, string Path)
{
    public Guid Id => Guid.Parse(Path.Split('/')[^1]);

    /// <summary>The plan with all of its parts.</summary>
    public Task<JsonObject> ReadAsync() => Everything.ReadAsync(Path);

    /// <summary>Adds a part.</summary>
    public Task<JsonObject> AddAsync(string kind, object part) => Everything.CreateAsync($"{Path}/{kind}", part);

    /// <summary>Changes a part, which must go well.</summary>
    public async Task<JsonObject> ChangeAsync(string kind, Guid id, object patch, string ifMatch = "*") =>
        await (await Everything.SendJsonAsync(HttpMethod.Patch, $"{Path}/{kind}/{id}", patch, ifMatch)).ExpectAsync(HttpStatusCode.OK);

    /// <summary>A person with a role in the district.</summary>
    public async Task<(Person Person, HttpClient Client)> NewPersonAsync(Role role)
    {
        var person = await Tenant.NewPersonAsync((role, District));
        return (person, Tenant.As(person));
    }
}

/// <summary>What tests about plans do, in one line each.</summary>
internal static class PlanSteps
{
    public static async Task<PlanAtWork> NewPlanAsync(this ApiServer api, string startsOn = "2026-09-01", object? further = null)
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar Valley" })).Id();
        var plan = new JsonObject { ["organizationId"] = district, ["title"] = "Plan", ["startsOn"] = startsOn, ["endsOn"] = "2027-08-31" };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(further ?? new { })!.AsObject())
            plan[name] = value?.DeepClone();
        var made = await everything.CreateAsync("/v1/plans", plan.ToJsonString());
        return new(tenant, district, everything, $"/v1/plans/{made.Id()}");
    }
}
