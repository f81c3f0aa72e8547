using System.Net;
using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>States that tests about assessments begin with.</summary>
internal static class TestAssessments
{
    /// <summary>A tenant with a district below a state, the instruments of <see cref="TestInstruments"/> published, and an assessment.</summary>
    public static async Task<TestAssessment> AssessmentAsync(
        this ApiServer api, string mode = "named", string instrument = "pulse", string[]? roles = null, bool open = true, string round = "2026-fall")
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var state = await client.CreateAsync("/v1/organizations", new { kind = "state", name = "State" });
        var district = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar", parentId = state.Id() });
        await client.PublishAsync(instrument switch
        {
            "two-axes" => TestInstruments.TwoAxes(),
            "poster" => TestInstruments.Poster(),
            _ => TestInstruments.OneAxis(),
        });
        var assessment = await client.CreateAsync("/v1/assessments", new { organizationId = district.Id(), instrument = new { code = instrument }, round, mode, roles, open });
        return new TestAssessment(tenant, client, state.Id(), district.Id(), assessment);
    }

    public static Task<TestAssessment> OpenAssessmentAsync(this ApiServer api, string mode = "named", string instrument = "pulse", string[]? roles = null) =>
        api.AssessmentAsync(mode, instrument, roles);
}

/// <summary>An assessment with the tenant, the client and the organizations that it belongs to.</summary>
internal sealed record TestAssessment(TestTenant Tenant, HttpClient Client, Guid StateId, Guid DistrictId, JsonObject Created)
{
    public Guid Id => Created.Id();

    public string Address => $"/v1/assessments/{Id}";

    public Task<JsonObject> ReadAsync() => Client.ReadAsync(Address);

    /// <summary>A response with these ratings; comments for every red one, because it needs one.</summary>
    public Task<JsonObject> RespondAsync(string? key = null, string? role = null, params (string Item, string Level)[] ratings) => Client.CreateAsync(
        Address + "/responses",
        new
        {
            participantKey = key,
            role,
            ratings = ratings.ToDictionary(r => r.Item, r => r.Level),
            comments = ratings.Where(r => r.Level == "red").ToDictionary(r => r.Item, _ => "not begun"),
        });

    public Task<HttpResponseMessage> TransitionAsync(string transition, object? body = null, string ifMatch = "*") =>
        Client.SendJsonAsync(HttpMethod.Post, $"{Address}/{transition}", body, ifMatch);

    public async Task<JsonObject> CloseAsync() => await (await TransitionAsync("close")).ExpectAsync(HttpStatusCode.OK);

    /// <summary>A client that reaches another district of the same tenant.</summary>
    public async Task<HttpClient> SiblingAsync()
    {
        var sibling = await Client.CreateAsync("/v1/organizations", new { kind = "district", name = "Birch", parentId = StateId });
        return Tenant.Within(sibling.Id());
    }
}
