using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>A file can name anything: what its sender does not reach is unknown to the import, and stays as it is.</summary>
public sealed class ImportReachTests(World world) : IClassFixture<World>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CallerKind.Sibling)]
    [InlineData(CallerKind.Child)]
    [InlineData(CallerKind.OtherTenant)]
    public async Task An_organization_out_of_reach_gets_no_assessment(CallerKind kind)
    {
        var before = await CountAsync();

        var import = await ImportAsync(kind, world.A.ImportAddress, world.A.ImportFile());

        Assert.Equal("failed", (string?)import["status"]);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData(CallerKind.Sibling)]
    [InlineData(CallerKind.Child)]
    [InlineData(CallerKind.OtherTenant)]
    public async Task An_assessment_out_of_reach_gets_no_response_by_its_id_or_its_external_id(CallerKind kind)
    {
        var path = await world.A.NewAssessmentAsync();
        var assessment = await world.A.Everything.ReadAsync(path);
        var before = await CountAsync();

        var byId = await ImportAsync(
            kind, $"/v1/imports?kind=readinessRatings&assessmentId={assessment.Id()}", "participant_key,item_code,level\np-1,A.1,green\n");
        var byExternalId = await ImportAsync(
            kind, "/v1/imports?kind=readinessRatings", $"assessment_external_id,participant_key,item_code,level\n{assessment["externalId"]},p-1,A.1,green\n");

        Assert.Equal(("failed", "failed"), ((string?)byId["status"], (string?)byExternalId["status"]));
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData(CallerKind.Sibling)]
    [InlineData(CallerKind.Child)]
    public async Task An_organization_out_of_reach_is_neither_changed_nor_given_a_child(CallerKind kind)
    {
        var school = await world.A.NewOrganizationAsync();
        var before = await CountAsync();

        await ImportAsync(kind, "/v1/imports?kind=organizations", $"organization_id_system,organization_id,name,kind,parent_id_system,parent_id\nsis,new-{Guid.NewGuid():N},Child,school,sis,{school["identifiers"]![0]!["value"]}\n");
        await ImportAsync(kind, "/v1/imports?kind=organizations", $"organization_id_system,organization_id,name,kind\nsis,{school["identifiers"]![0]!["value"]},Renamed,school\n");

        Assert.Equal(before, await CountAsync());
        Assert.Equal(school.ToJsonString(), (await world.A.Everything.ReadAsync($"/v1/organizations/{school.Id()}")).ToJsonString());
    }

    [Theory]
    [InlineData(CallerKind.Sibling)]
    [InlineData(CallerKind.Child)]
    [InlineData(CallerKind.OtherTenant)]
    public async Task A_person_or_place_out_of_reach_gets_no_role(CallerKind kind)
    {
        var person = (await world.A.NewPersonAsync()).Id();
        var before = await world.A.Tenant.StoredAsync(db => db.Memberships.CountAsync(Ct));

        var import = await ImportAsync(kind, "/v1/imports?kind=memberships", $"person_id,role,organization_id\n{person},viewer,{world.A.DistrictX}\n");

        Assert.Equal("failed", (string?)import["status"]);
        Assert.Equal(before, await world.A.Tenant.StoredAsync(db => db.Memberships.CountAsync(Ct)));
    }

    private async Task<JsonObject> ImportAsync(CallerKind kind, string address, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(file, Encoding.UTF8, "text/csv") };
        request.Headers.Add("Prefer", "wait=30");
        using var response = await world.As(kind, null).SendAsync(request, Ct);
        var import = await response.ExpectAsync(HttpStatusCode.OK);
        // Neither the receipt nor the issues say more of it than the file did.
        var issues = await world.As(kind, null).ReadAsync($"/v1/imports/{import.Id()}/issues");
        Assert.DoesNotContain(world.A.DistrictCanary, (import.ToJsonString() + issues.ToJsonString()).Replace(file.Split('\n')[1].Split(',')[1], "", StringComparison.Ordinal), StringComparison.Ordinal);
        return import;
    }

    private Task<(int Organizations, int Assessments, int Responses)> CountAsync() => world.A.Tenant.StoredAsync(async db =>
        (await db.Organizations.CountAsync(Ct), await db.Assessments.CountAsync(Ct), await db.Responses.CountAsync(Ct)));
}
