using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class AssessmentCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Assessment = "readiness-2026-fall-9900010";

    private static readonly string Samples = Repository.PathOf("deploy", "samples");

    [Fact]
    public async Task An_imported_assessment_is_read_closed_and_exported()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        foreach (var (file, kind) in new[] { ("organizations.csv", "organizations"), ("readiness-long.csv", "readinessRatings") })
            (await pls.RunAsync("import", Path.Combine(Samples, file), "--kind", kind, "--create-assessments")).Expect(0);

        Assert.Equal(4, (await pls.ReadAsync("assessments", "list", "--round", "2026-fall", "--status", "open")).AsArray().Count);
        Assert.Single((await pls.ReadAsync("assessments", "list", "--organization", "nces:9900010")).AsArray());
        Assert.Equal(12, (int)(await pls.ReadAsync("assessments", "tally", Assessment))["result"]!["participants"]!);
        Assert.Contains("assessment.not_closed", (await pls.RunAsync("assessments", "results", Assessment)).Expect(1).Errors, StringComparison.Ordinal);

        (await pls.RunAsync("assessments", "close", Assessment)).Expect(0);
        Assert.Equal("closed", (string?)(await pls.ReadAsync("assessments", "show", Assessment))["status"]);
        Assert.Equal(8, (await pls.ReadAsync("assessments", "results", Assessment))["result"]!["whole"]!["sections"]!.AsArray().Count);
        Assert.Contains("VIS.1", (await pls.RunAsync("assessments", "results", Assessment)).Expect(0).Output, StringComparison.Ordinal);

        var csv = pls.PathOf("result.csv");
        (await pls.RunAsync("export", "results", Assessment, "-o", csv)).Expect(0);
        Assert.Contains("VIS.1", await File.ReadAllTextAsync(csv, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exported_organizations_import_into_another_tenant()
    {
        using var from = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        using var to = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await from.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);

        var csv = (await from.RunAsync("export", "organizations")).Expect(0).Output;
        (await to.RunAsync(csv, ["import", "-", "--kind", "organizations"])).Expect(0);

        Assert.Equal(csv, (await to.RunAsync("export", "organizations")).Expect(0).Output);
    }

    [Fact]
    public async Task An_instrument_is_exported_as_one_document()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));

        var document = await pls.ReadAsync("export", "instrument", "plsr");

        Assert.Equal(("plsr", 8), ((string?)document["code"], document["sections"]!.AsArray().Count));
    }
}
