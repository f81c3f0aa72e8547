using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.People;

/// <summary>What a signed-in person may do follows the memberships of this moment.</summary>
public sealed class PersonAccessTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Me_says_who_I_am_and_what_I_may_do_where()
    {
        var (tenant, north, south) = await TwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Facilitator, north), (Role.Viewer, north), (Role.Participant, south));

        var me = await tenant.As(person).ReadAsync("/v1/me");

        Assert.Equal((person.Id, person.Name, tenant.Id), ((Guid)me["personId"]!, (string?)me["name"], (Guid)me["tenantId"]!));
        var places = me["access"]!.AsArray();
        Assert.Equal(["North", "South"], places.Select(place => (string?)place!["organizationName"]));
        Assert.Equal(["facilitator", "viewer"], places[0]!["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Contains("assessments:write", places[0]!["scopes"]!.AsArray().Select(scope => (string?)scope));
        Assert.Equal(["instruments:read", "organizations:read", "plans:comment", "plans:read", "plans:write", "standards:read", "teams:read", "toolkits:read", "toolkits:write"], places[1]!["scopes"]!.AsArray().Select(scope => (string?)scope));
    }

    [Fact]
    public async Task A_role_reaches_only_where_it_holds()
    {
        var (tenant, north, south) = await TwoDistrictsAsync();
        var client = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north), (Role.Viewer, south)));

        // Both are read, one is changed.
        var seen = await client.ReadAsync("/v1/organizations");
        Assert.Equal(["North", "South"], seen["items"]!.AsArray().Select(o => (string?)o!["name"]));
        await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{north}", new { name = "North 2" }, "*")).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{south}", new { name = "South 2" }, "*"))
            .ExpectProblemAsync(HttpStatusCode.NotFound, "organization.not_found");
    }

    [Fact]
    public async Task A_report_wants_to_know_the_organization_of_whom_reaches_several()
    {
        var (tenant, north, south) = await TwoDistrictsAsync();
        var client = tenant.As(await tenant.NewPersonAsync((Role.Viewer, north), (Role.Viewer, south)));

        await (await client.GetAsync("/v1/reports/readiness?instrument=plsr", Ct)).ExpectFaultAsync("?organizationId", "value.required");
        await (await client.GetAsync($"/v1/reports/readiness?instrument=plsr&organizationId={south}", Ct)).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_import_of_somebody_who_reaches_several_stays_in_the_one_that_is_named()
    {
        var (tenant, north, south) = await TwoDistrictsAsync();
        var client = tenant.As(await tenant.NewPersonAsync((Role.Facilitator, north), (Role.Facilitator, south)));
        const string Query = "/v1/imports?kind=readinessRatings&instrument=plsr&round=2026-fall&createAssessments=true";
        var file = $"organization_id,participant_key,item_code,level\n{south},p-1,VIS.1,green\n";

        await (await client.PostAsync(Query, Csv(file), Ct)).ExpectFaultAsync("?organizationId", "value.required");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Query}&organizationId={north}") { Content = Csv(file) };
        request.Headers.Add("Prefer", "wait=30");
        var import = await (await client.SendAsync(request, Ct)).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("failed", (string?)import["status"]);
        Assert.Equal(0, await tenant.StoredAsync(db => db.Assessments.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_change_of_roles_counts_with_the_next_request()
    {
        var (tenant, north, _) = await TwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, north));
        var client = tenant.As(person);
        var change = new { name = "Renamed" };
        await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{north}", change, "*")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");

        await tenant.StoredAsync(async db =>
        {
            db.Add(Membership.Create(person.Id, Role.DistrictLead, north));
            return await db.SaveChangesAsync(Ct);
        });
        await (await client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{north}", change, "*")).ExpectAsync(HttpStatusCode.OK);

        await tenant.StoredAsync(async db =>
        {
            db.RemoveRange(await db.Memberships.Where(m => m.PersonId == person.Id).ToListAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        });
        await (await client.GetAsync($"/v1/organizations/{north}", Ct)).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
    }

    [Fact]
    public async Task A_role_holds_from_its_first_to_its_last_day_where_the_organization_is()
    {
        var (tenant, _, _) = await TwoDistrictsAsync();
        // Where it is a day earlier or later than in UTC at some hours; the days around today leave no doubt at any hour.
        var far = (await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "district", name = "Far", timeZone = "Pacific/Kiritimati" })).Id();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati")).DateTime);
        foreach (var (starts, ends, status) in new[]
        {
            (today, today, HttpStatusCode.OK),
            (today.AddDays(-9), today.AddDays(-1), HttpStatusCode.Forbidden),
            (today.AddDays(1), today.AddDays(9), HttpStatusCode.Forbidden),
        })
        {
            var person = await tenant.NewPersonAsync();
            await tenant.StoredAsync(async db =>
            {
                db.Add(Membership.Create(person.Id, Role.Viewer, far, starts, ends));
                return await db.SaveChangesAsync(Ct);
            });
            await (await tenant.As(person).GetAsync($"/v1/organizations/{far}", Ct)).ExpectAsync(status);
        }
    }

    [Fact]
    public async Task Whoever_is_deactivated_is_out_at_once()
    {
        var (tenant, north, _) = await TwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.Viewer, north));
        var client = tenant.As(person);
        await client.ReadAsync("/v1/me");

        await tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == person.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });

        await (await client.GetAsync("/v1/me", Ct)).ExpectProblemAsync(HttpStatusCode.Unauthorized, "auth.unauthenticated");
    }

    [Fact]
    public async Task The_audit_trail_says_which_person_did_it()
    {
        var (tenant, north, _) = await TwoDistrictsAsync();
        var person = await tenant.NewPersonAsync((Role.DistrictLead, north));

        await (await tenant.As(person).SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{north}", new { name = "By a person" }, "*")).ExpectAsync(HttpStatusCode.OK);

        var events = await tenant.Everything().ReadAsync($"/v1/audit?personId={person.Id}");
        var only = Assert.Single(events["items"]!.AsArray());
        Assert.Equal(("organization.changed", (JsonNode?)null), ((string?)only!["action"], only["apiClientId"]));
    }

    private static StringContent Csv(string text) => new(text, System.Text.Encoding.UTF8, "text/csv");

    private async Task<(TestTenant Tenant, Guid North, Guid South)> TwoDistrictsAsync()
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        return (tenant, (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id(),
            (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "South" })).Id());
    }
}
