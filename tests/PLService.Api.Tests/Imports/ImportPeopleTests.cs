using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Imports;

/// <summary>People come in by file, by the rules that hold for them one by one.</summary>
public sealed class ImportPeopleTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Query = "kind=people";
    private const string Header = "person_hr_id,email,name,organization_id,status\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_ones_are_added_known_ones_changed_absent_ones_left_alone_and_the_same_file_again_changes_nothing()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();

        var made = await client.ReceiptAsync(Query, $"{Header}007,ada@example.org,Ada,{north},active\n,ben@example.org,Ben,{south},\n008,,Cy,,inactive\n");
        var before = await PeopleAsync(tenant);
        var again = await client.ReceiptAsync(Query, $"{Header}007,ada@example.org,Ada,{north},active\n,ben@example.org,,,\n008,,,,inactive\n");
        Assert.Equal(before, await PeopleAsync(tenant));
        var changed = await client.ReceiptAsync(Query, $"{Header}007,,Ada Moreno,{south},\n");

        Assert.Equal(["3/0/0", "0/0/3", "0/1/0"], [made.Of("people"), again.Of("people"), changed.Of("people")]);
        Assert.Equal([$"Ada Moreno ada@example.org {south} Active 2", $"Ben ben@example.org {south} Active 1", "Cy   Deactivated 1"], await PeopleAsync(tenant));
        Assert.Equal("007", await tenant.StoredAsync(db => db.PersonIdentifiers.Where(i => i.System == "hr" && db.People.Any(p => p.Id == i.PersonId && p.Name == "Ada Moreno")).Select(i => i.Value).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Wrong_rows_are_told_by_code_and_column_and_the_rest_is_taken_with_skip()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddPersonAsync("Held", email: "held@example.org");
        var text = Header + "1,a@example.org,A,,\n1,b@example.org,B,,\n2,A@example.org,C,,\n3,held@example.org,D,,\n4,no address,E,,\n5,,,,\n6,,F,,gone\n7,,G,00000000-0000-7000-8000-000000000001,\n,,H,,\n";

        var refused = await client.RefusedAsync(Query, text, "import.rows_rejected");
        Assert.Equal(1, await tenant.StoredAsync(db => db.People.CountAsync(Ct)));
        var receipt = await client.ReceiptAsync(Query + "&onError=skip", text);

        Assert.Equal("9=1+8", receipt.Records());
        Assert.Equal(
            ["10 import.missing_value person_hr_id", "3 import.duplicate_person person_hr_id", "4 import.duplicate_email email", "5 person.email_taken email", "6 person.bad_email email", "7 import.missing_value name", "8 import.unknown_status status", "9 import.unknown_organization organization_id"],
            (await client.IssuesAsync(refused.Id())).Select(i => i.Split(' ')).Select(i => $"{i[2]} {i[1]} {i[3]}").Order(StringComparer.Ordinal));
        using var errors = await client.GetAsync($"/v1/imports/{refused.Id()}/error-file", Ct);
        Assert.Contains("person.bad_email", await errors.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await client.RefusedAsync(Query, "email,name,shoe_size\na@example.org,A,9\n", "import.unknown_column");
        await client.RefusedAsync(Query, "name\nA\n", "import.missing_column");
    }

    [Fact]
    public async Task Inactive_ends_sessions_up_to_the_share_that_the_sender_allows_and_undo_brings_everything_back()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var person = await tenant.NewPersonAsync((Role.Viewer, north));
        await tenant.OpenSessionAsync(person);
        var before = await PeopleAsync(tenant);
        var text = $"{Header},{person.Email},Renamed,,inactive\n,new@example.org,New,{north},\n";

        await client.RefusedAsync(Query, text, "import.too_many_deactivated");
        await client.ReceiptAsync(Query + "&maxDeactivatedShare=1&dryRun=true", text);
        Assert.Equal(before, await PeopleAsync(tenant));
        var import = await client.ImportAsync(Query + "&maxDeactivatedShare=1", text);

        Assert.Equal("1/1/0", import["receipt"]!.AsObject().Of("people"));
        Assert.Equal(RevocationReason.Deactivated, await tenant.StoredAsync(db => db.PersonSessions.Where(s => s.PersonId == person.Id).Select(s => s.RevokedReason).SingleAsync(Ct)));
        using var undo = await client.PostAsync($"/v1/imports/{import.Id()}/undo", null, Ct);
        await undo.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal([$"{person.Name} {person.Email} {north} Active 3"], await PeopleAsync(tenant));
    }

    [Fact]
    public async Task Who_may_not_change_people_there_sends_no_file_of_them()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        HttpClient[] refused = [tenant.Only(Scopes.ImportsWrite), tenant.As(await tenant.NewPersonAsync((Role.Facilitator, north)))];
        foreach (var client in refused)
        {
            foreach (var (kind, scope) in new[] { ("people", Scopes.PeopleWrite), ("organizations", Scopes.OrganizationsWrite) })
            {
                using var response = await client.SendFileAsync($"kind={kind}", new StringContent("email,name\na@example.org,A\n"));
                var problem = await response.ExpectAsync(HttpStatusCode.Forbidden);
                Assert.Equal("auth.missing_scope", (string?)problem["code"]);
                Assert.Contains(scope, (string?)problem["detail"], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_lead_changes_the_people_of_the_district_and_nobody_elses_nor_an_administrators_address()
    {
        var (tenant, north, south) = await api.NewTenantOfTwoDistrictsAsync();
        var lead = tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, north)));
        var everything = tenant.Everything();
        await everything.AddPersonAsync("Foreign", south, "foreign@example.org");
        await everything.ReceiptAsync(Query, $"{Header}9,admin@example.org,Admin,{north},\n");
        var admin = await tenant.StoredAsync(db => db.People.Where(p => p.Name == "Admin").Select(p => p.Id).SingleAsync(Ct));
        await everything.GiveRoleAsync(admin, "agencyAdmin", north);

        var import = await lead.ImportAsync(
            Query + "&onError=skip&maxDeactivatedShare=1", $"{Header},foreign@example.org,Mine,,\n9,mine@example.org,,,\n10,,Elsewhere,{south},\n11,,Nowhere,,\n12,,Ours,{north},\n");
        await lead.RefusedAsync(Query + "&maxDeactivatedShare=1", $"{Header}9,,,,inactive\n", "import.rows_rejected");

        Assert.Equal("5=1+4", import["receipt"]!.AsObject().Records());
        Assert.Equal(
            ["2 person.email_taken", "3 person.beyond_your_reach", "4 import.unknown_organization", "5 person.organization_required"],
            (await lead.IssuesAsync(import.Id())).Select(i => i.Split(' ')).Select(i => $"{i[2]} {i[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NDJSON_says_the_same_and_an_address_of_one_who_leaves_is_free()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        const string Type = "application/x-ndjson";
        await client.ReceiptAsync(Query, """{"person_hr_id":"1","email":"office@example.org","given_name":"Ada","family_name":"Moreno"}""" + "\n", Type);

        var receipt = await client.ReceiptAsync(
            Query + "&maxDeactivatedShare=1", """{"person_hr_id":"2","email":"office@example.org","name":"Ben"}""" + "\n" + """{"person_hr_id":"1","status":"inactive"}""" + "\n", Type);

        Assert.Equal("1/1/0", receipt.Of("people"));
        Assert.Equal(["Ada Moreno office@example.org  Deactivated 2", "Ben office@example.org  Active 1"], await PeopleAsync(tenant));
    }

    [Fact]
    public async Task Five_thousand_come_in_again_and_leave_by_half()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var client = tenant.Everything();
        var text = Text(_ => "active");

        var made = await client.ReceiptAsync(Query, text);
        var again = await client.ReceiptAsync(Query, text);
        Assert.Equal((5_000, 5_000, 5_000), await tenant.StoredAsync(async db => (
            await db.People.CountAsync(p => p.Version == 1 && p.Status == PersonStatus.Active && p.OrganizationId == north, Ct),
            await db.PersonIdentifiers.CountAsync(i => i.System == "hr" && i.ValidTo == null, Ct),
            await db.AuditEvents.CountAsync(e => e.Action == "person.created", Ct))));
        var (leaver, stayer) = (await NamedAsync("Person 1000"), await NamedAsync("Person 1001"));
        await tenant.OpenSessionAsync(leaver);
        await tenant.OpenSessionAsync(stayer);

        var half = await client.ImportAsync(Query + "&maxDeactivatedShare=0.5", Text(i => i % 2 == 0 ? "inactive" : "active"));

        Assert.Equal(["5000/0/0", "0/0/5000", "0/2500/2500"], [made.Of("people"), again.Of("people"), half["receipt"]!.AsObject().Of("people")]);
        Assert.Equal((2_500, 2_500, 2_500), await tenant.StoredAsync(async db => (
            await db.People.CountAsync(p => p.Version == 2 && p.Status == PersonStatus.Deactivated && p.DeactivatedAt != null, Ct),
            await db.People.CountAsync(p => p.Version == 1 && p.Status == PersonStatus.Active && p.DeactivatedAt == null, Ct),
            await db.AuditEvents.CountAsync(e => e.Action == "person.deactivated", Ct))));
        Assert.Equal((RevocationReason.Deactivated, null), await tenant.StoredAsync(async db => (
            await db.PersonSessions.Where(s => s.PersonId == leaver.Id).Select(s => s.RevokedReason).SingleAsync(Ct),
            await db.PersonSessions.Where(s => s.PersonId == stayer.Id).Select(s => s.RevokedReason).SingleAsync(Ct))));
        // By address alone, those who left are found as well as those who stayed.
        var byAddress = await client.ReceiptAsync(Query, AddressesOnly());
        Assert.Equal("0/0/5000", byAddress.Of("people"));

        using var undo = await client.PostAsync($"/v1/imports/{half.Id()}/undo", null, Ct);
        await undo.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(5_000, await tenant.StoredAsync(db => db.People.CountAsync(p => p.Status == PersonStatus.Active && p.DeactivatedAt == null, Ct)));

        string Text(Func<int, string> status) => Enumerable.Range(0, 5_000)
            .Aggregate(new StringBuilder(Header), (all, i) => all.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i:00000},p{i}@example.org,Person {i},{north},{status(i)}\n")).ToString();

        string AddressesOnly() => Enumerable.Range(0, 5_000)
            .Aggregate(new StringBuilder("email,name\n"), (all, i) => all.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{i}@example.org,Person {i}\n")).ToString();

        Task<Person> NamedAsync(string name) => tenant.StoredAsync(db => db.People.SingleAsync(p => p.Name == name, Ct));
    }

    [Fact]
    public async Task Undo_gives_back_only_what_one_could_give_and_lets_the_last_administrator_stay()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        var admin = await tenant.NewPersonAsync((Role.AgencyAdmin, null));
        var (second, lead) = (await tenant.NewPersonAsync((Role.AgencyAdmin, null)), await tenant.NewPersonAsync((Role.DistrictLead, null)));
        var ended = await tenant.As(admin).ImportAsync(Query + "&maxDeactivatedShare=1", $"{Header},{second.Email},,,inactive\n");

        using var undo = await tenant.As(lead).PostAsync($"/v1/imports/{ended.Id()}/undo", null, Ct);
        await undo.ExpectProblemAsync(HttpStatusCode.Conflict, "person.beyond_your_reach");
        var back = await tenant.Everything().ImportAsync(Query, $"{Header},{second.Email},,,active\n");
        await tenant.Everything().ImportAsync(Query + "&maxDeactivatedShare=1", $"{Header},{admin.Email},,,inactive\n");
        using var last = await tenant.As(second).PostAsync($"/v1/imports/{back.Id()}/undo", null, Ct);
        await last.ExpectProblemAsync(HttpStatusCode.Conflict, "membership.last_admin");
        using var machine = await tenant.Everything().PostAsync($"/v1/imports/{back.Id()}/undo", null, Ct);
        await machine.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(1, await tenant.StoredAsync(db => db.People.CountAsync(p => p.Status == PersonStatus.Active, Ct)));
    }

    private static Task<List<string>> PeopleAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
        (await db.People.OrderBy(p => p.Name).ToListAsync()).ConvertAll(p => $"{p.Name} {p.Email} {p.OrganizationId} {p.Status} {p.Version}"));
}
