using System.Globalization;
using System.Net;
using System.Text;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>A file of roles gives and ends no more than its sender could, one by one.</summary>
public sealed class ImportMembershipReachTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Query = "kind=memberships";
    private const string Header = "person_hr_id,email,role,organization_id,starts_on,ends_on\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_gives_or_ends_what_they_do_not_have_nor_undoes_it()
    {
        var (tenant, north, south) = await api.NewTenantWithPeopleAsync();
        var everything = tenant.Everything();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        await everything.ReceiptAsync(Query, $"{Header}007,,agencyAdmin,{north},,\n");

        var import = await lead.ImportAsync(
            Query + "&onError=skip",
            $"{Header}007,,agencyAdmin,{north},,2026-01-31\n007,,facilitator,{south},,\n007,,viewer,*,,\n,ben@example.org,viewer,{north},,\n007,,districtLead,{north},,\n");

        Assert.Equal("5=1+4", import["receipt"]!.AsObject().Records());
        Assert.Equal(
            ["2 membership.beyond_your_reach", "3 import.unknown_organization", "4 membership.beyond_your_reach", "5 import.unknown_person"],
            (await lead.IssuesAsync(import.Id())).Select(i => i.Split(' ')).Select(i => $"{i[2]} {i[1]}").Order(StringComparer.Ordinal));

        var admin = tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, north)));
        var ended = await admin.ImportAsync(Query, $"{Header}007,,agencyAdmin,{north},,2026-01-31\n");
        using var undo = await lead.PostAsync($"/v1/imports/{ended.Id()}/undo", null, Ct);
        Assert.Equal("membership.beyond_your_reach", (string?)(await undo.ExpectAsync(HttpStatusCode.Conflict))["code"]);
        using var own = await admin.PostAsync($"/v1/imports/{ended.Id()}/undo", null, Ct);
        await own.ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_machine_gives_no_more_than_the_token_that_sent_the_file_allows()
    {
        var (tenant, north, _) = await api.NewTenantWithPeopleAsync();
        var machine = tenant.Only([Scopes.ImportsWrite, Scopes.ImportsRead, Scopes.PeopleWrite, Scopes.PeopleRead, .. Roles.ScopesOf(Role.Participant)]);

        var import = await machine.ImportAsync(Query + "&onError=skip", $"{Header}007,,participant,{north},,\n007,,viewer,{north},,\n");

        Assert.Equal("1/0/0", import["receipt"]!.AsObject().Of("memberships"));
        Assert.StartsWith("error membership.beyond_your_reach 3 role viewer", Assert.Single(await machine.IssuesAsync(import.Id())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_stays_unless_the_file_hands_the_role_over()
    {
        var (tenant, _, _) = await api.NewTenantWithPeopleAsync();
        var person = await tenant.NewPersonAsync((Role.AgencyAdmin, null));
        var admin = tenant.As(person);

        var refused = await admin.RefusedAsync(Query, $"{Header},{person.Email},agencyAdmin,*,,2030-06-30\n", "import.rows_rejected");
        Assert.Contains("membership.last_admin", Assert.Single(await admin.IssuesAsync(refused.Id())), StringComparison.Ordinal);
        await admin.RefusedAsync(Query, $"{Header},{person.Email},agencyAdmin,*,,2030-06-30\n007,,agencyAdmin,*,2999-01-01,\n", "import.rows_rejected");

        var given = await admin.ImportAsync(Query, $"{Header},{person.Email},agencyAdmin,*,,2030-06-30\n007,,agencyAdmin,*,,\n");

        Assert.Equal("1/1/0", given["receipt"]!.AsObject().Of("memberships"));
    }

    [Fact]
    public async Task A_person_gets_no_more_roles_than_one_can_have()
    {
        var (tenant, _, _) = await api.NewTenantWithPeopleAsync();
        var client = tenant.Everything();
        var schools = new StringBuilder("organization_sis_id,name,kind\n");
        var roles = new StringBuilder("person_hr_id,role,organization_sis_id\n");
        for (var i = 0; i <= Person.MaxMemberships; i++)
        {
            schools.Append(CultureInfo.InvariantCulture, $"s{i},School {i},school\n");
            roles.Append(CultureInfo.InvariantCulture, $"007,viewer,s{i}\n");
        }

        await client.ReceiptAsync("kind=organizations", schools.ToString());
        var import = await client.ImportAsync(Query + "&onError=skip", roles.ToString());

        Assert.Equal("100/0/0", import["receipt"]!.AsObject().Of("memberships"));
        Assert.Contains("membership.too_many", Assert.Single(await client.IssuesAsync(import.Id())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_came_by_file_counts_with_the_next_request_and_who_may_not_change_people_sends_none()
    {
        var (tenant, north, _) = await api.NewTenantWithPeopleAsync();
        var person = await tenant.NewPersonAsync();
        var client = tenant.As(person);
        using (var before = await client.GetAsync("/v1/people", Ct))
            await before.ExpectAsync(HttpStatusCode.Forbidden);
        using (var denied = await tenant.As(await tenant.NewPersonAsync((Role.Facilitator, north))).SendFileAsync(Query, new StringContent(Header)))
            Assert.Equal("auth.missing_scope", (string?)(await denied.ExpectAsync(HttpStatusCode.Forbidden))["code"]);

        await tenant.Everything().ReceiptAsync(Query, $"{Header},{person.Email},districtLead,{north},,\n");

        await client.ReadAsync("/v1/people");
    }
}
