using System.Text.Json.Nodes;
using Npgsql;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class ImportCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string Samples = Repository.PathOf("deploy", "samples");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_file_exits_0_and_importing_it_again_changes_nothing()
    {
        var pls = await SignedInAsync();

        Assert.Contains("All rows are in: 15 rows, 0 with errors", (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0).Output, StringComparison.Ordinal);
        var first = JsonNode.Parse((await ImportAsync(pls, "readiness-long.csv", "readinessRatings", "--create-assessments", "--json")).Expect(0).Output)!;
        var again = JsonNode.Parse((await ImportAsync(pls, "readiness-long.csv", "readinessRatings", "--json")).Expect(0).Output)!;

        Assert.Equal((2304, 4), ((int)first["receipt"]!["ratings"]!["created"]!, (int)first["receipt"]!["assessments"]!["created"]!));
        Assert.Equal((0, 0, 2304), Outcome(again["receipt"]!["ratings"]!));
    }

    [Fact]
    public async Task A_roster_brings_organizations_and_staff()
    {
        var pls = await SignedInAsync();

        var dry = JsonNode.Parse((await pls.RunAsync("import", "oneroster", Path.Combine(Samples, "oneroster.zip"), "--dry-run", "--json")).Expect(0).Output)!;
        var whole = JsonNode.Parse((await pls.RunAsync("import", "oneroster", Path.Combine(Samples, "oneroster.zip"), "--give-role", "participant", "--json")).Expect(0).Output)!;

        Assert.Equal((3, 0, 0), Outcome(dry["receipt"]!["people"]!));
        Assert.Equal((3, 0, 0), Outcome(whole["receipt"]!["memberships"]!));
        Assert.Equal(1, (int)whole["receipt"]!["ignored"]!);
    }

    [Fact]
    public async Task A_dry_run_stores_nothing()
    {
        var pls = await SignedInAsync();
        (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0);

        var dry = (await ImportAsync(pls, "readiness-long.csv", "readinessRatings", "--create-assessments", "--dry-run")).Expect(0);

        Assert.Contains("Dry run, nothing is stored", dry.Output, StringComparison.Ordinal);
        Assert.Empty((await pls.ReadAsync("assessments", "list")).AsArray());
    }

    [Fact]
    public async Task Faulty_rows_exit_2_or_1_and_come_back_in_a_file_that_imports_once_mended()
    {
        var pls = await SignedInAsync();
        (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Samples, "readiness-long.csv"), Ct);
        lines[2] = lines[2].Replace(",red,", ",purple,", StringComparison.Ordinal);
        var file = pls.PathOf("ratings.csv");
        await File.WriteAllLinesAsync(file, lines.Take(5), Ct);
        string[] command = ["import", file, "--kind", "readinessRatings", "--create-assessments"];

        var aborted = (await pls.RunAsync(command)).Expect(1);
        Assert.Contains("No row is in: 4 rows, 1 with errors", aborted.Output, StringComparison.Ordinal);
        Assert.Contains("purple", await File.ReadAllTextAsync(pls.PathOf("ratings.errors.csv"), Ct), StringComparison.Ordinal);

        var partly = JsonNode.Parse((await pls.RunAsync([.. command, "--on-error", "skip", "--json"])).Expect(2).Output)!;
        Assert.Equal((3, 1), ((int)partly["receipt"]!["accepted"]!, (int)partly["receipt"]!["rejected"]!));
        Assert.Equal("import.unknown_level", (string?)(await pls.ReadAsync("imports", "issues", (string)partly["id"]!))[0]!["code"]);
        Assert.Contains("import.unknown_level", (await pls.RunAsync("imports", "issues", (string)partly["id"]!)).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync((string)partly["errorFile"]!, Ct), (await pls.RunAsync("imports", "errors", (string)partly["id"]!)).Expect(0).Output);

        var mended = (string)partly["errorFile"]!;
        await File.WriteAllTextAsync(mended, (await File.ReadAllTextAsync(mended, Ct)).Replace(",purple,", ",red,", StringComparison.Ordinal), Ct);
        Assert.Contains("All rows are in: 1 rows", (await pls.RunAsync("import", mended, "--kind", "readinessRatings")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_waiting_the_id_comes_back_and_wait_tells_the_rest()
    {
        var pls = await SignedInAsync();

        var id = (await ImportAsync(pls, "organizations.csv", "organizations", "--no-wait")).Expect(0).Output.Trim();
        Assert.Contains("All rows are in", (await pls.RunAsync("imports", "wait", id)).Expect(0).Output, StringComparison.Ordinal);

        Assert.Equal("completed", (string?)(await pls.ReadAsync("imports", "show", id))["status"]);
        Assert.Equal(id, (string?)(await pls.ReadAsync("imports", "list", "--kind", "organizations"))[0]!["id"]);
        Assert.Contains("job.already_ended", (await pls.RunAsync("imports", "cancel", id)).Expect(1).Errors, StringComparison.Ordinal);

        Assert.Equal("undone", (string?)(await pls.ReadAsync("imports", "undo", id))["status"]);
        Assert.Empty((await pls.ReadAsync("orgs", "list")).AsArray());
    }

    [Fact]
    public async Task Standard_input_is_a_file_too()
    {
        var pls = await SignedInAsync();

        var text = await File.ReadAllTextAsync(Path.Combine(Samples, "organizations.csv"), Ct);
        (await pls.RunAsync(text, ["import", "-", "--kind", "organizations"])).Expect(0);

        Assert.Equal(15, (await pls.ReadAsync("orgs", "list")).AsArray().Count);
    }

    [Fact]
    public async Task What_is_no_file_or_no_kind_is_told_before_anything_is_sent()
    {
        var pls = await SignedInAsync();

        Assert.Contains("There is no file", (await pls.RunAsync("import", "nowhere.csv", "--kind", "tallies")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("--kind takes readinessRatings", (await pls.RunAsync("import", "nowhere.csv", "--kind", "dots")).Expect(64).Errors, StringComparison.Ordinal);
        Assert.Contains("--kind", (await pls.RunAsync("import", "nowhere.csv")).Expect(64).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupting_exits_130_and_the_import_can_be_waited_for_or_stopped()
    {
        if (OperatingSystem.IsWindows())
            return;
        var pls = await SignedInAsync();
        (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0);
        var file = Path.Combine(Samples, "readiness-long.csv");
        string[] command = ["import", file, "--kind", "readinessRatings", "--create-assessments"];

        // No assessment can be made while another holds the table: imports stand still, however fast the machine.
        await using var database = new NpgsqlConnection(api.Database.Owner);
        await database.OpenAsync(Ct);
        await using var held = await database.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("lock table pls.assessment in share row exclusive mode", database, held))
            await hold.ExecuteNonQueryAsync(Ct);

        var ended = (await pls.InterruptAsync(command, async () => await RunningAsync(pls))).Expect(130);
        var id = await RunningAsync(pls);
        Assert.Contains($"'pls imports wait {id}' waits again", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("Interrupted.", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(ended.Output);

        await held.RollbackAsync(Ct);
        Assert.Contains("All rows are in: 2,304 rows", (await pls.RunAsync("imports", "wait", id)).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_import_brings_nothing_and_waiting_for_it_exits_1()
    {
        var pls = await SignedInAsync();
        (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0);
        await using var database = new NpgsqlConnection(api.Database.Owner);
        await database.OpenAsync(Ct);
        await using var held = await database.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("lock table pls.assessment in share row exclusive mode", database, held))
            await hold.ExecuteNonQueryAsync(Ct);

        var id = (await ImportAsync(pls, "readiness-long.csv", "readinessRatings", "--create-assessments", "--no-wait")).Expect(0).Output.Trim();
        Assert.Equal(id, (string?)(await pls.ReadAsync("imports", "cancel", id))["id"]);

        (await pls.RunAsync("imports", "wait", id)).Expect(1);
        Assert.Equal("cancelled", (string?)(await pls.ReadAsync("imports", "show", id))["status"]);
        Assert.Empty((await pls.ReadAsync("assessments", "list")).AsArray());
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_exits_1_with_one_line()
    {
        using var pls = new Pls(new Dictionary<string, string> { ["PLSERVICE_URL"] = "http://127.0.0.1:1", ["PLSERVICE_CLIENT_ID"] = "x", ["PLSERVICE_CLIENT_SECRET"] = "y" });

        var ended = (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(1);

        Assert.Contains("cannot be reached", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    // The id of the import that has begun and cannot end.
    private static async Task<string> RunningAsync(Pls pls)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if ((await pls.ReadAsync("imports", "list", "--status", "running")).AsArray() is [{ } running, ..])
                return (string)running["id"]!;
        }

        throw new TimeoutException("No import began.");
    }

    private static (int Created, int Updated, int Unchanged) Outcome(JsonNode outcome) =>
        ((int)outcome["created"]!, (int)outcome["updated"]!, (int)outcome["unchanged"]!);

    private static async Task<Ended> ImportAsync(Pls pls, string sample, string kind, params string[] more)
    {
        // A copy, so that error files do not land among the samples.
        File.Copy(Path.Combine(Samples, sample), pls.PathOf(sample), overwrite: true);
        return await pls.RunAsync(["import", pls.PathOf(sample), "--kind", kind, .. more]);
    }

    private async Task<Pls> SignedInAsync() => new(api.Environment((await api.NewTenantAsync()).Credentials));
}
