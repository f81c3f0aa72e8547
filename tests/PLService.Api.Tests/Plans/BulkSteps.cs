using System.Net;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

/// <summary>A tenant with two districts by outside id, a person in each, and a framework; and whoever may do everything there.</summary>
internal sealed record BulkWorld(TestTenant Tenant, HttpClient Client, Guid North, Guid South)
{
    public const string Query = "kind=plans";

    public const string Header = "organization_nces_id,plan_external_id,plan_title,plan_starts_on,plan_ends_on,strategy_external_id,strategy_title,step_external_id,step_title,owner_email,starts_on,due_on,status,done_on,tools_and_materials,serves\n";

    /// <summary>A plan with two strategies and three steps.</summary>
    public const string Text = Header
        + "0000001,p26,Plan,2026-09-01,2027-08-31,teams,Teams that meet,time,Agree on a time,ada@example.org,2026-09-01,2026-10-01,done,2026-09-20,Calendar|Room \\| key,ct:LCO|ct:LEA\n"
        + "0000001,p26,,,,teams,,norms,Write norms,,,2026-11-01,In progress,,,\n"
        + "0000001,p26,,,,coach,Coaching,hire,Hire a coach,,,,,,,\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The exported file.</summary>
    public async Task<string> ExportAsync(string query = "", string accept = "text/csv", HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/plans/export{query}");
        request.Headers.Add("Accept", accept);
        using var response = await (client ?? Client).SendAsync(request, Ct);
        Assert.Equal((HttpStatusCode.OK, accept), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsStringAsync(Ct);
    }

    /// <summary>The one plan of the north, with all of its parts.</summary>
    public async Task<System.Text.Json.Nodes.JsonObject> PlanAsync()
    {
        var found = Assert.Single((await Client.ReadAsync($"/v1/plans?organizationId={North}"))["items"]!.AsArray())!;
        return await Client.ReadAsync($"/v1/plans/{found["id"]}");
    }
}

internal static class BulkSteps
{
    public static async Task<BulkWorld> NewBulkWorldAsync(this ApiServer api)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync("kind=organizations", "organization_nces_id,name,kind\n0000001,North,district\n0000002,South,district\n");
        var places = (await client.ReadAsync("/v1/organizations"))["items"]!.AsArray().ToDictionary(o => (string)o!["name"]!, o => (Guid)o!["id"]!);
        await client.ReceiptAsync("kind=people", "email,name,organization_nces_id\nada@example.org,Ada,0000001\nben@example.org,Ben,0000002\n");
        await tenant.FrameworkAsync("ct", "LCO", "LEA");
        return new(tenant, client, places["North"], places["South"]);
    }
}
