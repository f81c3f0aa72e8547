using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Imports;

/// <summary>Roles come in by file, by the rules that hold for them one by one.</summary>
public sealed class ImportMembershipsTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Query = "kind=memberships";
    private const string Header = "person_hr_id,email,role,organization_id,starts_on,ends_on\n";
    private const string PeopleHeader = "person_hr_id,email,name,organization_id\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_roles_are_given_known_ones_bounded_absent_ones_left_alone_and_the_same_file_again_changes_nothing()
    {
        var (tenant, north, south) = await api.NewTenantWithPeopleAsync();
        var client = tenant.Everything();
        var text = $"{Header}007,,District Lead,{north},2026-08-01,\n,ben@example.org,viewer,{south},,2027-06-30\n007,,facilitator,{south},,\n007,,agencyAdmin,*,,\n";

        var dry = await client.ReceiptAsync(Query + "&dryRun=true", text);
        Assert.Empty(await RolesAsync(tenant));
        var made = await client.ReceiptAsync(Query, text);
        var before = await RolesAsync(tenant);
        var versions = await VersionsAsync(tenant);
        var again = await client.ReceiptAsync(Query, text);
        Assert.Equal(before, await RolesAsync(tenant));
        Assert.Equal(versions, await VersionsAsync(tenant));
        var changed = await client.ReceiptAsync(Query, $"{Header}007,,districtLead,{north},,2026-12-31\n,BEN@example.org,viewer,{south},2026-09-01,none\n");

        Assert.Equal(["4/0/0", "4/0/0", "0/0/4", "0/2/0"], [dry.Of("memberships"), made.Of("memberships"), again.Of("memberships"), changed.Of("memberships")]);
        Assert.Equal(
            ["Ada AgencyAdmin  - 1", $"Ada DistrictLead {north} 2026-08-01-2026-12-31 2", $"Ada Facilitator {south} - 1", $"Ben Viewer {south} 2026-09-01- 2"], await RolesAsync(tenant), StringComparer.Ordinal);
        // Each change of roles is one of the person, who is read together with them.
        Assert.Equal(["Ada 3", "Ben 3"], await VersionsAsync(tenant));
        Assert.Equal(4, (await tenant.ActionsAsync()).Count(action => action == "membership.created"));
        Assert.Equal(2, (await tenant.ActionsAsync()).Count(action => action == "membership.changed"));
    }

    [Fact]
    public async Task Wrong_rows_are_told_by_code_and_column_and_the_rest_is_taken_with_skip()
    {
        var (tenant, north, _) = await api.NewTenantWithPeopleAsync();
        var client = tenant.Everything();
        var text = $"""
            {Header}007,,viewer,{north},,
            nobody,,viewer,{north},,
            ,nobody@example.org,viewer,{north},,
            007,,owner,{north},,
            007,,,{north},,
            007,,viewer,,,
            007,,viewer,00000000-0000-7000-8000-000000000001,,
            ,,viewer,{north},,
            007,,facilitator,{north},2027-06-30,2026-08-01
            007,,facilitator,{north},yesterday,
            007,,viewer,{north},2026-08-01,
            ,ada@example.org,viewer,{north},,
            """.ReplaceLineEndings("\n");

        var refused = await client.RefusedAsync(Query, text, "import.rows_rejected");
        Assert.Empty(await RolesAsync(tenant));
        var receipt = await client.ReceiptAsync(Query + "&onError=skip", text);

        Assert.Equal(("12=2+10", 1), (receipt.Records(), (int)receipt["repeated"]!));
        Assert.Equal(
            [
                "10 membership.ends_before_it_starts ends_on", "11 import.bad_date starts_on", "12 import.duplicate_membership person_hr_id", "13 import.duplicate_row email",
                "3 import.unknown_person person_hr_id", "4 import.unknown_person email", "5 import.unknown_role role", "6 import.missing_value role", "7 import.missing_value organization_id",
                "8 import.unknown_organization organization_id", "9 import.missing_value person_hr_id",
            ],
            (await client.IssuesAsync(refused.Id())).Select(i => i.Split(' ')).Select(i => $"{i[2]} {i[1]} {i[3]}").Order(StringComparer.Ordinal));
        using var errors = await client.GetAsync($"/v1/imports/{refused.Id()}/error-file", Ct);
        Assert.Contains("import.unknown_role", await errors.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal([$"Ada Viewer {north} - 1"], await RolesAsync(tenant));
        await client.RefusedAsync(Query, "email,role\nada@example.org,viewer\n", "import.missing_column");
        await client.RefusedAsync(Query, $"role,organization_id\nviewer,{north}\n", "import.missing_column");
        await client.RefusedAsync(Query, $"email,role,organization_id,rank\nada@example.org,viewer,{north},1\n", "import.unknown_column");
    }

    [Fact]
    public async Task An_ended_role_stays_ended_with_a_warning_until_the_file_takes_the_end_away()
    {
        var (tenant, north, _) = await api.NewTenantWithPeopleAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(Query, $"{Header}007,,viewer,{north},,2020-06-30\n");

        var stays = await client.ImportAsync(Query, $"{Header}007,,viewer,{north},,\n");
        var back = await client.ReceiptAsync(Query, $"{Header}007,,viewer,{north},,none\n");

        Assert.Equal(("0/0/1", "0/1/0"), (stays["receipt"]!.AsObject().Of("memberships"), back.Of("memberships")));
        Assert.StartsWith("warning import.membership_ended 2 person_hr_id", Assert.Single(await client.IssuesAsync(stays.Id())), StringComparison.Ordinal);
        Assert.Equal([$"Ada Viewer {north} - 2"], await RolesAsync(tenant));
    }

    [Fact]
    public async Task NDJSON_says_the_same_with_outside_ids_of_organizations()
    {
        var (tenant, north, _) = await api.NewTenantWithPeopleAsync();
        var client = tenant.Everything();
        await client.CreateAsync($"/v1/organizations/{north}/identifiers", new { system = "nces", value = "0612345" });

        var receipt = await client.ReceiptAsync(
            Query, """{"person_id_system":"hr","person_id":"007","role":"reviewer","district_nces_id":"0612345","ends_on":null}""" + "\n", "application/x-ndjson");

        Assert.Equal("1/0/0", receipt.Of("memberships"));
        Assert.Equal([$"Ada Reviewer {north} - 1"], await RolesAsync(tenant));
    }

    [Fact]
    public async Task Undo_takes_back_what_was_given_and_gives_back_what_was_ended_unless_something_changed_since()
    {
        var (tenant, north, south) = await api.NewTenantWithPeopleAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(Query, $"{Header}007,,viewer,{north},2026-08-01,\n");
        var before = (await RolesAsync(tenant)).ConvertAll(role => role[..^2]);

        var import = await client.ImportAsync(Query, $"{Header}007,,viewer,{north},,2026-12-31\n,ben@example.org,facilitator,{south},,\n");
        using var undo = await client.PostAsync($"/v1/imports/{import.Id()}/undo", null, Ct);
        await undo.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(before, (await RolesAsync(tenant)).ConvertAll(role => role[..^2]));
        Assert.Equal(1, (await tenant.ActionsAsync()).Count(action => action == "membership.deleted"));

        var second = await client.ImportAsync(Query, $"{Header},ben@example.org,facilitator,{south},,\n");
        var given = await tenant.StoredAsync(db => db.Memberships.Where(m => m.OrganizationId == south).Select(m => m.Id).SingleAsync(Ct));
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/memberships/{given}", new { endsOn = "2030-06-30" }, "*")).ExpectAsync(HttpStatusCode.OK);
        using var late = await client.PostAsync($"/v1/imports/{second.Id()}/undo", null, Ct);
        Assert.Equal("import.changed_since", (string?)(await late.ExpectAsync(HttpStatusCode.Conflict))["code"]);
    }

    [Fact]
    public async Task Five_thousand_roles_come_in_again_and_end_by_half()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var people = new StringBuilder(PeopleHeader);
        for (var i = 0; i < 5_000; i++)
            people.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i:00000},p{i}@example.org,Person {i},{north}\n");
        await client.ReceiptAsync("kind=people", people.ToString());

        var made = await client.ReceiptAsync(Query, Text(_ => ""));
        var again = await client.ReceiptAsync(Query, Text(_ => ""));
        var half = await client.ImportAsync(Query, Text(i => i % 2 == 0 ? "2026-06-30" : ""));
        using var undo = await client.PostAsync($"/v1/imports/{half.Id()}/undo", null, Ct);
        await undo.ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(["5000/0/0", "0/0/5000", "0/2500/2500"], [made.Of("memberships"), again.Of("memberships"), half["receipt"]!.AsObject().Of("memberships")]);
        Assert.Equal((5_000, 0), await tenant.StoredAsync(async db => (await db.Memberships.CountAsync(Ct), await db.Memberships.CountAsync(m => m.EndsOn != null, Ct))));

        string Text(Func<int, string> ends) => Enumerable.Range(0, 5_000)
            .Aggregate(new StringBuilder(Header), (all, i) => all.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i:00000},,viewer,{(i % 3 == 0 ? south : north)},,{ends(i)}\n")).ToString();
    }

    private static Task<List<string>> RolesAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
        (await db.Memberships.Join(db.People.Where(p => p.Name == "Ada" || p.Name == "Ben"), m => m.PersonId, p => p.Id, (m, p) => new { p.Name, Role = m }).ToListAsync())
            .Select(m => $"{m.Name} {m.Role.Role} {m.Role.OrganizationId} {m.Role.StartsOn:yyyy-MM-dd}-{m.Role.EndsOn:yyyy-MM-dd} {m.Role.Version}").Order(StringComparer.Ordinal).ToList());

    private static Task<List<string>> VersionsAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
        (await db.People.OrderBy(p => p.Name).ToListAsync()).ConvertAll(p => $"{p.Name} {p.Version}"));
}
