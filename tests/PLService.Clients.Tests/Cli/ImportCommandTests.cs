using System.Text.Json.Nodes;
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

        Assert.Contains("All rows are in: 15 rows", (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0).Output, StringComparison.Ordinal);
        var first = JsonNode.Parse((await ImportAsync(pls, "readiness-long.csv", "readinessRatings", "--create-assessments", "--json")).Expect(0).Output)!;
        var again = JsonNode.Parse((await ImportAsync(pls, "readiness-long.csv", "readinessRatings", "--json")).Expect(0).Output)!;

        Assert.Equal((2304, 4), ((int)first["receipt"]!["ratings"]!["created"]!, (int)first["receipt"]!["assessments"]!["created"]!));
        Assert.Equal((0, 0, 2304), Outcome(again["receipt"]!["ratings"]!));
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
        Assert.Contains("No row is in: 4 rows, 3 good, 1 with errors", aborted.Output, StringComparison.Ordinal);
        Assert.Contains("purple", await File.ReadAllTextAsync(pls.PathOf("ratings.errors.csv"), Ct), StringComparison.Ordinal);

        var partly = JsonNode.Parse((await pls.RunAsync([.. command, "--on-error", "skip", "--json"])).Expect(2).Output)!;
        Assert.Equal((3, 1), ((int)partly["receipt"]!["accepted"]!, (int)partly["receipt"]!["rejected"]!));
        Assert.Equal("import.unknown_level", (string?)(await pls.ReadAsync("imports", "errors", (string)partly["id"]!))[0]!["code"]);

        var mended = (string)partly["errorFile"]!;
        await File.WriteAllTextAsync(mended, (await File.ReadAllTextAsync(mended, Ct)).Replace(",purple,", ",red,", StringComparison.Ordinal), Ct);
        Assert.Contains("1 rows, 1 good", (await pls.RunAsync("import", mended, "--kind", "readinessRatings")).Expect(0).Output, StringComparison.Ordinal);
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

        (await pls.RunAsync("imports", "undo", id)).Expect(0);
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
    public async Task Interrupting_exits_130_and_says_how_to_go_on()
    {
        if (OperatingSystem.IsWindows())
            return;
        var pls = await SignedInAsync();
        (await ImportAsync(pls, "organizations.csv", "organizations")).Expect(0);
        var file = pls.PathOf("large.csv");
        await LargeAsync(file);

        var ended = await pls.InterruptAsync(["import", file, "--kind", "readinessRatings", "--create-assessments"], after: TimeSpan.FromSeconds(2));

        ended.Expect(130);
        Assert.Contains("Interrupted.", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }

    // Enough rows that it cannot have ended when the signal comes.
    private static async Task LargeAsync(string file)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("district_nces_id,assessment_external_id,instrument,round,participant_key,item_code,level");
        for (var row = 0; row < 4_000_000; row++)
            await writer.WriteLineAsync($"9900010,large,plsr,2026-fall,p-{row / 48},{(row % 2 == 0 ? "VIS" : "STD")}.{row % 6 + 1},red");
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
