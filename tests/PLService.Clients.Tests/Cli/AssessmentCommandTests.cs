using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class AssessmentCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Assessment = "readiness-2026-fall-9900010";

    private static readonly string Samples = Repository.PathOf("deploy", "samples");

    [Fact]
    public async Task An_imported_assessment_is_listed_tallied_closed_and_read()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);
        (await pls.RunAsync("import", Path.Combine(Samples, "readiness-long.csv"), "--kind", "readinessRatings", "--create-assessments")).Expect(0);

        Assert.Equal(4, (await pls.ReadAsync("assessments", "list", "--round", "2026-fall", "--status", "open")).AsArray().Count);
        Assert.Single((await pls.ReadAsync("assessments", "list", "--organization", "nces:9900010")).AsArray());
        Assert.Contains(Assessment, (await pls.RunAsync("assessments", "list")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(12, (int)(await pls.ReadAsync("assessments", "tally", Assessment))["result"]!["participants"]!);
        Assert.Contains("12 participants", (await pls.RunAsync("assessments", "tally", Assessment)).Expect(0).Output, StringComparison.Ordinal);

        var early = (await pls.RunAsync("assessments", "results", Assessment, "--json")).Expect(1);
        Assert.Contains("assessment.not_closed", early.Errors, StringComparison.Ordinal);
        Assert.Empty(early.Output);

        Assert.Equal("closed", (string?)(await pls.ReadAsync("assessments", "close", Assessment))["status"]);
        Assert.Equal(8, (await pls.ReadAsync("assessments", "results", Assessment))["result"]!["whole"]!["sections"]!.AsArray().Count);
        var results = (await pls.RunAsync("assessments", "results", Assessment)).Expect(0).Output;
        Assert.Contains("VIS.1", results, StringComparison.Ordinal);
        Assert.Contains("strength", results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assessment_is_planned_opened_closed_reopened_and_archived()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);

        var made = await pls.ReadAsync(
            "assessments", "create", "--instrument", "plsr", "--round", "2026-fall", "--organization", "nces:9900010", "--external-id", "fall", "--title", "Autumn",
            "--mode", "named", "--role", "teacher", "--role", "principal", "--window-opens", "2026-09-01", "--window-closes", "2026-10-15");
        Assert.Equal(("draft", "Autumn", "named"), ((string?)made["status"], (string?)made["title"], (string?)made["mode"]));
        Assert.Equal(["teacher", "principal"], made["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Equal(("2026-09-01", "2026-10-15"), ((string?)made["windowOpensOn"], (string?)made["windowClosesOn"]));

        Assert.Equal("open", (string?)(await pls.ReadAsync("assessments", "open", "fall"))["status"]);
        Assert.Contains("assessment.", (await pls.RunAsync("assessments", "open", "fall")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Equal("closed", (string?)(await pls.ReadAsync("assessments", "close", "fall"))["status"]);
        Assert.Contains("--reason", (await pls.RunAsync("assessments", "reopen", "fall")).Expect(64).Errors, StringComparison.Ordinal);
        Assert.Equal("Posters", (string?)(await pls.ReadAsync("assessments", "reopen", "fall", "--reason", "Posters"))["reopenReason"]);
        (await pls.RunAsync("assessments", "close", "fall")).Expect(0);
        Assert.Equal(2, (int)(await pls.ReadAsync("assessments", "results", "fall"))["revision"]!);
        Assert.Equal(1, (int)(await pls.ReadAsync("assessments", "results", "fall", "--revision", "1"))["revision"]!);
        Assert.Equal("archived", (string?)(await pls.ReadAsync("assessments", "archive", "fall"))["status"]);
        Assert.Contains("archived", (await pls.RunAsync("assessments", "show", "fall")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_external_id_that_nobody_or_several_use_is_told()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);
        foreach (var district in new[] { "nces:9900010", "nces:9900020" })
            (await pls.RunAsync("assessments", "create", "--instrument", "plsr", "--round", "r", "--organization", district, "--external-id", "same", "--open")).Expect(0);

        Assert.Contains("Several assessments", (await pls.RunAsync("assessments", "show", "same")).Expect(1).Errors, StringComparison.Ordinal);
        Assert.Contains("No assessment", (await pls.RunAsync("assessments", "show", "other")).Expect(1).Errors, StringComparison.Ordinal);
    }
}
