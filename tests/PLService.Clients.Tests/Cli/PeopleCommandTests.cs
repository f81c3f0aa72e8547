using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class PeopleCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string Samples = Repository.PathOf("deploy", "samples");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_is_created_found_shut_out_and_let_in_again()
    {
        using var pls = await WithOrganizationsAsync();

        var made = await pls.ReadAsync("people", "create", "--name", "Ada [Ñ]", "--email", "ada@example.org", "--organization", "nces:9900010", "--employee-group", "certificated", "--id", "hr:007");
        Assert.Equal(("007", "certificated"), ((string?)made["identifiers"]![0]!["value"], (string?)made["employeeGroup"]));
        await pls.ReadAsync("people", "create", "--name", "Ben", "--organization", "nces:9900020");

        Assert.Equal("Ada [Ñ]", (string?)Assert.Single((await pls.ReadAsync("people", "list", "--within", "nces:9900010")).AsArray())!["name"]);
        foreach (var reference in new[] { (string)made["id"]!, "hr:007", "ADA@example.org" })
            Assert.Equal((string?)made["id"], (string?)(await pls.ReadAsync("people", "show", reference))["id"]);
        Assert.Contains("Ada [Ñ]", (await pls.RunAsync("people", "list")).Expect(0).Output, StringComparison.Ordinal);

        Assert.Equal("deactivated", (string?)(await pls.ReadAsync("people", "deactivate", "ada@example.org"))["status"]);
        Assert.Contains("person.already_deactivated", (await pls.RunAsync("people", "deactivate", "hr:007")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Single((await pls.ReadAsync("people", "list", "--status", "deactivated")).AsArray());
        Assert.Equal("active", (string?)(await pls.ReadAsync("people", "reactivate", "ada@example.org"))["status"]);
    }

    [Fact]
    public async Task A_role_is_added_listed_bounded_and_taken()
    {
        using var pls = await WithOrganizationsAsync();
        await pls.ReadAsync("people", "create", "--name", "Ada", "--email", "ada@example.org");

        Assert.Contains("--whole-tenant", (await pls.RunAsync("memberships", "add", "ada@example.org", "--role", "viewer")).Expect(1).Errors, StringComparison.Ordinal);
        var made = await pls.ReadAsync("memberships", "add", "ada@example.org", "--role", "facilitator", "--organization", "nces:9900010", "--starts", "2026-08-01");
        await pls.ReadAsync("memberships", "add", "ada@example.org", "--role", "viewer", "--whole-tenant");
        Assert.Equal("2026-08-01", (string?)made["startsOn"]);
        Assert.Contains("membership.exists", (await pls.RunAsync("memberships", "add", "ada@example.org", "--role", "viewer", "--whole-tenant")).Expect(1).Errors, StringComparison.Ordinal);

        Assert.Equal(2, (await pls.ReadAsync("memberships", "list", "--person", "ada@example.org")).AsArray().Count);
        Assert.Equal((string?)made["id"], (string?)Assert.Single((await pls.ReadAsync("memberships", "list", "--within", "nces:9900010")).AsArray())!["id"]);
        var drawn = (await pls.RunAsync("people", "show", "ada@example.org")).Expect(0).Output;
        Assert.Contains("Alder Example School District", drawn, StringComparison.Ordinal);
        Assert.Contains("the whole tenant", drawn, StringComparison.Ordinal);

        Assert.Equal("2027-06-30", (string?)(await pls.ReadAsync("memberships", "end", (string)made["id"]!, "--on", "2027-06-30"))["endsOn"]);
        (await pls.RunAsync("memberships", "end", (string)made["id"]!)).Expect(0);
        Assert.Equal("viewer", (string?)Assert.Single((await pls.ReadAsync("memberships", "list")).AsArray())!["role"]);
        Assert.Contains("membership.not_found", (await pls.RunAsync("memberships", "end", (string)made["id"]!)).Expect(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_of_people_and_roles_come_in_with_a_fitting_receipt_and_leavers_up_to_a_share()
    {
        using var pls = await WithOrganizationsAsync();

        Assert.Contains("Dry run, nothing is stored", (await ImportAsync(pls, "people", "--dry-run")).Expect(0).Output, StringComparison.Ordinal);
        var people = (await ImportAsync(pls, "people")).Expect(0).Output;
        Assert.Contains("6 created, 0 updated, 0 unchanged", people, StringComparison.Ordinal);
        var roles = (await ImportAsync(pls, "memberships")).Expect(0).Output;
        Assert.Contains("7 created, 0 updated, 0 unchanged", roles, StringComparison.Ordinal);
        var again = JsonNode.Parse((await ImportAsync(pls, "memberships", "--json")).Expect(0).Output)!;
        Assert.Equal(7, (int)again["receipt"]!["memberships"]!["unchanged"]!);

        var leavers = pls.PathOf("leavers.csv");
        await File.WriteAllTextAsync(leavers, "person_hr_id,status\n004711,inactive\n004712,inactive\n", Ct);
        Assert.Contains("--max-deactivated-share 1", (await pls.RunAsync("import", "people", leavers)).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("0 created, 2 updated, 0 unchanged", (await pls.RunAsync("import", leavers, "--kind", "people", "--max-deactivated-share", "0.5")).Expect(0).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(leavers, "person_hr_id,role,organization_id\nnobody,viewer,*\n004713,viewer,*\n", Ct);
        (await pls.RunAsync("import", "memberships", leavers, "--on-error", "skip")).Expect(2);
        Assert.Contains("import.unknown_person", await File.ReadAllTextAsync(pls.PathOf("leavers.errors.csv"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_names_nobody_or_is_no_outside_id_is_told_in_words()
    {
        using var pls = await WithOrganizationsAsync();

        Assert.Contains("neither a person's id", (await pls.RunAsync("people", "show", "ada")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("Nobody whom you reach", (await pls.RunAsync("people", "show", "ada@example.org")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("person.not_found", (await pls.RunAsync("people", "show", "hr:1")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("--id takes", (await pls.RunAsync("people", "create", "--name", "Ada", "--id", "007")).Expect(64).Errors, StringComparison.Ordinal);
        Assert.Contains("pls import people <file> [options]", (await pls.RunAsync("import", "people", "--help")).Expect(0).Output, StringComparison.Ordinal);
    }

    // A copy, so that error files do not land among the samples.
    private static async Task<Ended> ImportAsync(Pls pls, string kind, params string[] more)
    {
        File.Copy(Path.Combine(Samples, kind + ".csv"), pls.PathOf(kind + ".csv"), overwrite: true);
        return await pls.RunAsync(["import", kind, pls.PathOf(kind + ".csv"), .. more]);
    }

    private async Task<Pls> WithOrganizationsAsync()
    {
        var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);
        return pls;
    }
}
