using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Imports;

/// <summary>Organizations and staff come in as their roster system writes them, and nothing else of the zip does.</summary>
public sealed class ImportRosterTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Query = "kind=oneRoster";
    private const string Zip = "application/zip";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task All_of_it_comes_in_again_changes_nothing_and_goes_with_undo(string version)
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ImportAsync(Query + "&dryRun=true", RosterZip.Small(version).Bytes(), Zip);
        Assert.Empty(await PeopleAsync(tenant));

        var made = await client.ImportAsync(Query + "&giveRole=participant", RosterZip.Small(version).Bytes(), Zip);
        var people = await PeopleAsync(tenant);
        var again = await client.ImportAsync(Query + "&giveRole=participant", RosterZip.Small(version).Bytes(), Zip);

        Assert.Equal(["3/0/0 3/0/0 3/0/0 6=6+0 2", "0/0/3 0/0/3 0/0/3 6=6+0 2"], [Counts(made), Counts(again)]);
        Assert.Equal(
            ["Ada Moreno t1@example.org Cedar School Teacher Certificated Active", "Ben Moreno p1@example.org Cedar School Principal SiteAdministrator Active", "Cy Moreno a1@example.org Alder District District administrator DistrictAdministrator Active"],
            people);
        Assert.Equal(people, await PeopleAsync(tenant));
        Assert.Equal(
            ["nces 0900030 District", "nces 090003000101 School", "oneroster d1 District", "oneroster m1 Other", "oneroster s1 School"],
            await tenant.StoredAsync(async db => (await db.OrganizationIdentifiers.Join(db.Organizations, i => i.OrganizationId, o => o.Id, (i, o) => new { i.System, i.Value, o.Kind }).ToListAsync(Ct))
                .ConvertAll(i => $"{i.System} {i.Value} {i.Kind}").Order(StringComparer.Ordinal).ToList()));
        Assert.Equal(["warning import.ignored_files 0", "warning import.ignored_users 0"], (await client.IssuesAsync(made.Id())).Order(StringComparer.Ordinal));

        using var undo = await client.PostAsync($"/v1/imports/{made.Id()}/undo", null, Ct);
        await undo.ExpectAsync(HttpStatusCode.OK);
        Assert.Equal((0, 0, 0), await tenant.StoredAsync(async db => (await db.People.CountAsync(Ct), await db.Organizations.CountAsync(Ct), await db.Memberships.CountAsync(Ct))));
    }

    [Fact]
    public async Task Passwords_and_students_are_nowhere_in_the_database()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ImportAsync(Query, RosterZip.Small().Bytes(), Zip);
        await client.ImportAsync(Query, RosterZip.Small().User("k2", RosterZip.Student, "teacher,too", "s1").Bytes(), Zip);
        await client.ImportAsync(Query, RosterZip.Small().User("k3", RosterZip.Student, "Student", "s1").Bytes(), Zip);

        var payloads = await tenant.StoredAsync(async db => await db.Database.SqlQueryRaw<byte[]>("select bytes as \"Value\" from pls.import_payload").ToListAsync(Ct));
        var texts = await tenant.StoredAsync(async db => await db.Database.SqlQueryRaw<string>(
            """
            select row_to_json(x)::text as "Value" from pls.import_issue x union all select row_to_json(x)::text from pls.import x
            union all select row_to_json(x)::text from pls.person x union all select row_to_json(x)::text from pls.audit_event x union all select row_to_json(x)::text from pls.import_change x
            """).ToListAsync(Ct));

        // The zip itself would hide them by being compressed.
        var stored = payloads.ConvertAll(Encoding.UTF8.GetString).Concat(texts).ToList();
        Assert.Contains(stored, text => text.Contains("Ada", StringComparison.Ordinal));
        Assert.DoesNotContain(payloads, bytes => bytes.AsSpan().StartsWith("PK"u8));
        Assert.DoesNotContain(stored, text => text.Contains(RosterZip.Secret, StringComparison.Ordinal) || text.Contains(RosterZip.Student, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_missing_from_all_is_deactivated_up_to_the_share_and_a_missing_school_is_told()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddPersonAsync("Of another source", email: "other@example.org");
        await client.ImportAsync(Query, RosterZip.Small().Bytes(), Zip);
        var fewer = new RosterZip().Org("d1", "Alder District", "district", "0900030").User("a1", "Cy", "districtAdministrator", "d1").User("p1", "Ben", "principal", "d1", enabled: "false").Bytes();

        var refused = await client.ImportAsync(Query, fewer, Zip);
        Assert.Equal("import.too_many_deactivated", (string?)refused["errorCode"]);
        var taken = await client.ImportAsync(Query + "&maxDeactivatedShare=0.7", fewer, Zip);

        Assert.Equal("0/0/1 0/2/1 0/0/0 3=3+0 0", Counts(taken));
        Assert.Contains("warning import.organizations_missing 0 orgs.csv: sourcedId m1, s1", await client.IssuesAsync(taken.Id()));
        Assert.Equal(["Ada Deactivated", "Ben Deactivated", "Cy Active", "Of Active"], (await PeopleAsync(tenant)).Select(p => $"{p.Split(' ')[0]} {p.Split(' ')[^1]}"));
        var back = await client.ImportAsync(Query, RosterZip.Small().Bytes(), Zip);
        Assert.Equal("0/2/1", back["receipt"]!.AsObject().Of("people"));
    }

    [Fact]
    public async Task A_delta_changes_what_it_names_and_deactivates_whom_it_deletes()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ImportAsync(Query, RosterZip.Small().Bytes(), Zip);
        var delta = new RosterZip(mode: "delta").User("t1", "Ada Maria", null, "").User("p1", "Ben", null, "", status: "tobedeleted").User("n1", "Dee", "counselor", "s1")
            .User("k9", RosterZip.Student, null, "").Role("a1", "systemAdministrator", "d1").Bytes();

        var taken = await client.ImportAsync(Query + "&maxDeactivatedShare=0.5", delta, Zip);

        Assert.Equal("0/0/0 1/3/0 0/0/0 4=4+0 1", Counts(taken));
        Assert.Equal(
            ["Ada Maria Moreno t1@example.org Cedar School Teacher Certificated Active", "Ben Moreno p1@example.org Cedar School Principal SiteAdministrator Deactivated", "Cy Moreno a1@example.org Alder District System administrator DistrictStaff Active", "Dee Moreno n1@example.org Cedar School Counselor Certificated Active"],
            await PeopleAsync(tenant));
        Assert.Equal("0/0/0 0/0/0 0/0/0 0=0+0 0", Counts(await client.ImportAsync(Query, new RosterZip(mode: "delta").File("orgs", "sourcedId,status,dateLastModified,name,type\n").Bytes(), Zip)));
    }

    [Fact]
    public async Task Who_was_there_before_is_found_by_number_and_address_and_undo_takes_the_new_ids_away()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync("kind=organizations", "organization_nces_id,name,kind\n0900030,Alder District,district\n");
        await client.AddPersonAsync("Ada", email: "T1@example.org");

        var import = await client.ImportAsync(Query + "&giveRole=participant", new RosterZip { SystemCode = "Power Sis 7" }.Org("d1", "Alder District", "district", "0900030").User("t1", "Ada", "teacher", "d1").Bytes(), Zip);

        Assert.Equal("0/0/1 0/1/0 1/0/0 2=2+0 0", Counts(import));
        Assert.Equal(["power-sis-7 d1", "power-sis-7 t1"], await IdsAsync(tenant));
        using var undo = await client.PostAsync($"/v1/imports/{import.Id()}/undo", null, Ct);
        await undo.ExpectAsync(HttpStatusCode.OK);
        Assert.Empty(await IdsAsync(tenant));
        Assert.Equal(["Ada T1@example.org    Active"], await PeopleAsync(tenant));
    }

    [Fact]
    public async Task Wrong_rows_are_told_by_file_line_and_column_and_the_rest_is_taken_with_skip()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var zip = RosterZip.Small().Org("x1", "X", "galaxy").Org("x2", "X", "school", parent: "nowhere").User("t2", "Eve", "Teacher", "s1").User("t3", "Fay", "teacher", "s9").Role("ghost", "teacher", "s1")
            .User("t4", "Gil", "teacher", "s1", email: "no address").User("t5", "Hal", "teacher", "s1", enabled: "maybe").Bytes();

        var refused = await client.ImportAsync(Query, zip, Zip);
        Assert.Equal("import.rows_rejected", (string?)refused["errorCode"]);
        var import = await client.ImportAsync(Query + "&onError=skip", zip, Zip);

        Assert.Equal("13=6+7", import["receipt"]!.AsObject().Records());
        Assert.Equal(
            [
                "error import.bad_enabled_user 10 users.csv: enabledUser maybe", "error import.unknown_organization 6 orgs.csv: parentSourcedId oneroster nowhere", "error import.unknown_organization 8 orgSourcedId oneroster s9",
                "error import.unknown_organization_type 5 orgs.csv: type galaxy", "error import.unknown_roster_role 7 roles.csv: role Teacher", "error import.unknown_user 9 roles.csv: userSourcedId ghost",
                "error person.bad_email 9 email no address",
            ],
            (await client.IssuesAsync(import.Id())).Where(i => i.StartsWith("error", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        using var errors = await client.GetAsync($"/v1/imports/{import.Id()}/error-file", Ct);
        Assert.Contains("roles.csv,9,import.unknown_user", await errors.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_that_is_none_of_the_standard_fails_and_says_why()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var good = RosterZip.Small().Bytes();
        (byte[] Zip, string Code)[] wrong =
        [
            ("not a zip"u8.ToArray(), "import.bad_zip"),
            (good[..(good.Length / 2)], "import.bad_zip"),
            (RosterZip.Small().Bytes(zip => RosterZip.Add(zip, "folder/users.csv", "x")), "import.bad_zip"),
            (RosterZip.Small().Bytes(zip => RosterZip.Add(zip, "../users.csv", "x")), "import.bad_zip"),
            (RosterZip.Small().Bytes(zip => RosterZip.Add(zip, "users.csv", "x")), "import.bad_zip"),
            (RosterZip.Small().File("users", "sourcedId,enabledUser,givenName,familyName\n" + new string('x', 4_000_000)).Bytes(), "import.too_large"),
            (RosterZip.Small().Call("users", "absent").Bytes(), "import.missing_file"),
            (RosterZip.Small().Call("roles", "absent").Bytes(), "import.missing_file"),
            (RosterZip.Small().Call("academicSessions", "bulk").Call("orgs", "everything").Bytes(), "import.bad_manifest"),
            (new RosterZip("2.0").Org("d1", "D", "district").Bytes(), "import.bad_manifest"),
            (RosterZip.Small().File("orgs", "SourcedId,name,type\nd1,D,district\n").Bytes(), "import.unknown_column"),
            (RosterZip.Small().File("orgs", "sourcedId,name\nd1,D\n").Bytes(), "import.missing_column"),
            (new RosterZip(mode: "delta").File("orgs", "sourcedId,name,type\nd1,D,district\n").Bytes(), "import.missing_column"),
            (RosterZip.Small().File("orgs", "sourcedId,name,type\nd1,\"D\"x,district\n").Bytes(), "import.bad_quote"),
        ];

        foreach (var (zip, code) in wrong)
        {
            var import = await client.ImportAsync(Query, zip, Zip);
            Assert.True((string?)import["errorCode"] == code, $"Expected {code}: {import}");
        }

        using var type = await client.SendFileAsync(Query, new ByteArrayContent(good));
        await type.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
        using var kind = await client.SendFileAsync("kind=people", new ByteArrayContent(good), Zip);
        await kind.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.unsupported_media_type");
        Assert.Equal(0, await tenant.StoredAsync(db => db.Organizations.CountAsync(Ct)));
    }

    [Fact]
    public async Task It_needs_both_scopes_and_gives_no_role_beyond_the_senders()
    {
        var (tenant, north, _) = await api.NewTenantOfTwoDistrictsAsync();
        foreach (var scope in new[] { Scopes.OrganizationsWrite, Scopes.PeopleWrite })
        {
            using var response = await tenant.Only(Scopes.ImportsWrite, scope).SendFileAsync(Query, new ByteArrayContent(RosterZip.Small().Bytes()), Zip);
            await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        }

        var machine = tenant.Only(Scopes.ImportsWrite, Scopes.ImportsRead, Scopes.OrganizationsWrite, Scopes.PeopleWrite, Scopes.PeopleRead);
        var refused = await machine.ImportAsync(Query + "&giveRole=participant", RosterZip.Small().Bytes(), Zip);
        Assert.Equal("import.rows_rejected", (string?)refused["errorCode"]);
        Assert.Contains(await machine.IssuesAsync(refused.Id()), i => i.Contains("membership.beyond_your_reach", StringComparison.Ordinal));
        var lead = tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, north)));
        var foreign = await lead.ImportAsync(Query, RosterZip.Small().Bytes(), Zip);
        Assert.Equal("import.rows_rejected", (string?)foreign["errorCode"]);
        Assert.Equal("completed", (string?)(await machine.ImportAsync(Query, RosterZip.Small().Bytes(), Zip))["status"]);
    }

    [Fact]
    public async Task Five_thousand_staff_among_students_come_in_within_seconds()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var zip = new RosterZip().Org("d1", "District", "district");
        for (var i = 0; i < 50; i++)
            zip.Org($"s{i}", $"School {i}", "school", parent: "d1");
        for (var i = 0; i < 25_000; i++)
            zip.User($"u{i}", $"N{i}", i % 5 == 0 ? "teacher" : "student", $"s{i % 50}");

        var import = await client.ImportAsync(Query, zip.Bytes(), Zip);

        Assert.Equal("51/0/0 5000/0/0 0/0/0 5051=5051+0 20000", Counts(import));
        Assert.True((double)import["receipt"]!["seconds"]! < 10, $"{import["receipt"]!["seconds"]} s");
        TestContext.Current.TestOutputHelper?.WriteLine($"{import["receipt"]!["seconds"]} s");
    }

    private static string Counts(JsonObject import)
    {
        Assert.True((string?)import["status"] == "completed", $"The import did not complete: {import}");
        var receipt = import["receipt"]!.AsObject();
        return $"{receipt.Of("organizations")} {receipt.Of("people")} {receipt.Of("memberships")} {receipt.Records()} {receipt["ignored"]}";
    }

    private static Task<List<string>> IdsAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
        (await db.OrganizationIdentifiers.Where(i => i.System != "nces").Select(i => i.System + " " + i.Value).ToListAsync(Ct))
        .Concat(await db.PersonIdentifiers.Select(i => i.System + " " + i.Value).ToListAsync(Ct)).ToList());

    private static Task<List<string>> PeopleAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
    {
        var names = await db.Organizations.ToDictionaryAsync(o => o.Id, o => o.Name, Ct);
        return (await db.People.OrderBy(p => p.Name).ToListAsync(Ct))
            .ConvertAll(p => $"{p.Name} {p.Email} {(p.OrganizationId is { } at ? names[at] : "")} {p.Position} {p.EmployeeGroup} {p.Status}");
    });
}
