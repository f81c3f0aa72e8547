using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Assessments;

public sealed class CreateAssessmentTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task It_is_planned_with_the_latest_published_version_and_a_title_of_its_own()
    {
        var (tenant, client, district) = await DistrictAsync();
        await client.PublishAsync(TestInstruments.OneAxis());
        await client.PublishAsync(TestInstruments.OneAxis(version: "2.0"));
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis(version: "3.0"));

        var made = await client.CreateAsync("/v1/assessments", new { organizationId = district, instrument = new { code = "pulse" }, round = "2026-fall" });

        Assert.Equal("2.0", (string?)made["instrument"]!["version"]);
        Assert.Equal("Pulse 2026-fall", (string?)made["title"]);
        Assert.Equal("draft", (string?)made["status"]);
        Assert.Equal("confidential", (string?)made["mode"]);
        Assert.Equal(made.ToJsonString(), (await client.ReadAsync($"/v1/assessments/{made.Id()}")).ToJsonString());
        var audit = await tenant.StoredAsync(db => db.AuditEvents.SingleAsync(a => a.ResourceId == made.Id()));
        Assert.Equal(("assessment.created", (Guid?)district), (audit.Action, audit.OrganizationId));
    }

    [Fact]
    public async Task The_organization_can_be_named_by_an_outside_id_and_the_assessment_opened_at_once()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var district = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar", identifiers = new[] { new { system = "nces", value = "0900030" } } });

        var made = await client.CreateAsync("/v1/assessments", new
        {
            organization = new { system = "nces", value = "0900030" },
            instrument = new { code = "plsr", version = "1.0" },
            round = "2026-fall",
            mode = "named",
            roles = new[] { "teacher" },
            windowOpensOn = "2026-09-07",
            windowClosesOn = "2026-09-18",
            open = true,
        });

        Assert.Equal(district.Id(), (Guid)made["organizationId"]!);
        Assert.Equal("open", (string?)made["status"]);
        Assert.NotNull(made["openedAt"]);
        Assert.Equal("2026-09-18", (string?)made["windowClosesOn"]);
    }

    [Fact]
    public async Task An_external_id_is_unique_within_the_organization()
    {
        var (tenant, client, district) = await DistrictAsync();
        var body = new { organizationId = district, instrument = new { code = "plsr" }, round = "2026-fall", externalId = "CV-1" };
        await client.CreateAsync("/v1/assessments", body);

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/assessments", body);

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.ExternalIdTaken.Code);
        Assert.Equal(1, await tenant.StoredAsync(db => db.Assessments.CountAsync()));
    }

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("plsr", "9.9")]
    [InlineData("draft", "1.0")]
    [InlineData("retired", null)]
    public async Task Only_a_published_version_can_be_used(string code, string? version)
    {
        var (_, client, district) = await DistrictAsync();
        await client.CreateAsync("/v1/instruments", TestInstruments.OneAxis("draft"));
        await client.PublishAsync(TestInstruments.OneAxis("retired"));
        await client.SendJsonAsync(HttpMethod.Post, "/v1/instruments/retired/versions/1.0/retire", ifMatch: "*");

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/assessments", new { organizationId = district, instrument = new { code, version }, round = "r" });

        await response.ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownInstrument.Code);
    }

    [Fact]
    public async Task An_organization_outside_the_subtree_or_of_another_tenant_does_not_exist()
    {
        var one = await api.AssessmentAsync();
        var other = await api.AssessmentAsync();
        var body = new { organizationId = one.DistrictId, instrument = new { code = "plsr" }, round = "r" };

        await (await (await one.SiblingAsync()).SendJsonAsync(HttpMethod.Post, "/v1/assessments", body)).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownOrganization.Code);
        await (await other.Client.SendJsonAsync(HttpMethod.Post, "/v1/assessments", body)).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.UnknownOrganization.Code);
        Assert.Equal(HttpStatusCode.Created, (await one.Tenant.Within(one.DistrictId).SendJsonAsync(HttpMethod.Post, "/v1/assessments", body)).StatusCode);
    }

    [Fact]
    public async Task Every_broken_rule_is_named_with_its_place()
    {
        var (_, client, _) = await DistrictAsync();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/assessments", new
        {
            instrument = new { code = "plsr" },
            round = "",
            roles = new[] { "teacher", "Teacher" },
            windowOpensOn = "2026-09-07",
            windowClosesOn = "2026-09-01",
        });

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(
            ["/organizationId assessment.one_organization", "/roles value.duplicate", "/round value.required", "/windowClosesOn value.out_of_range"],
            problem["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_nul_character_is_a_fault_of_the_request()
    {
        var (_, client, district) = await DistrictAsync();

        var response = await client.SendJsonAsync(HttpMethod.Post, "/v1/assessments", new { organizationId = district, instrument = new { code = "plsr" }, round = "a\0b" });

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid_characters");
    }

    [Fact]
    public async Task Without_the_scope_it_is_forbidden()
    {
        var response = await (await api.NewTenantAsync()).Only(Scopes.AssessmentsRead)
            .SendJsonAsync(HttpMethod.Post, "/v1/assessments", new { organizationId = Guid.NewGuid(), instrument = new { code = "plsr" }, round = "r" });

        await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    private async Task<(TestTenant Tenant, HttpClient Client, Guid District)> DistrictAsync()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        return (tenant, client, (await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar" })).Id());
    }
}
