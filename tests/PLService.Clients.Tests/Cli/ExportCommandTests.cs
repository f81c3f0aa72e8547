using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class ExportCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Assessment = "readiness-2026-fall-9900010";

    private static readonly string Samples = Repository.PathOf("deploy", "samples");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_result_of_a_closed_assessment_goes_into_a_file_or_to_standard_output()
    {
        using var pls = await ImportedAsync("readiness-long.csv", "readinessRatings", "--create-assessments", "--close-assessments");

        var csv = pls.PathOf("result.csv");
        Assert.Empty((await pls.RunAsync("export", "results", Assessment, "-o", csv)).Expect(0).Output);
        var lines = await File.ReadAllLinesAsync(csv, Ct);
        Assert.Contains(lines, line => line.Contains("VIS.1", StringComparison.Ordinal));
        Assert.Equal(await File.ReadAllTextAsync(csv, Ct), (await pls.RunAsync("export", "results", Assessment, "--revision", "1")).Expect(0).Output);
        Assert.Equal(1, (int)(await pls.ReadAsync("export", "results", Assessment))["revision"]!);
    }

    [Fact]
    public async Task A_refused_export_leaves_no_file()
    {
        using var pls = await ImportedAsync("readiness-long.csv", "readinessRatings", "--create-assessments");

        var csv = pls.PathOf("result.csv");
        Assert.Contains("assessment.not_closed", (await pls.RunAsync("export", "results", Assessment, "-o", csv)).Expect(1).Errors, StringComparison.Ordinal);

        Assert.DoesNotContain(Directory.EnumerateFiles(pls.PathOf("")), file => file.StartsWith(csv, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task Exported_organizations_import_into_another_tenant(string format)
    {
        using var from = await ImportedAsync();
        using var to = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));

        var file = to.PathOf("organizations." + format);
        (await from.RunAsync("export", "organizations", "--format", format, "-o", file)).Expect(0);
        (await to.RunAsync("import", file, "--kind", "organizations")).Expect(0);

        Assert.Equal(await File.ReadAllTextAsync(file, Ct), (await to.RunAsync("export", "organizations", "--format", format)).Expect(0).Output);
        Assert.Equal(15, (await to.ReadAsync("orgs", "list")).AsArray().Count);
        Assert.Equal(15, (await to.ReadAsync("export", "organizations")).AsArray().Count);
    }

    [Fact]
    public async Task A_part_of_the_tree_names_its_parent_and_who_has_no_outside_id_is_told()
    {
        var tenant = await api.NewTenantAsync();
        using var pls = new Pls(api.Environment(tenant.Credentials));
        using var client = api.Connect(tenant.Credentials);
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);
        var district = await client.GetOrganizationByIdentifierAsync("nces", "9900010", cancellationToken: Ct);
        await client.CreateOrganizationAsync(new() { Kind = Client.OrganizationKind.School, Name = "Nameless", ParentId = district.Id }, cancellationToken: Ct);

        var part = (await pls.RunAsync("export", "organizations", "--within", "nces:9900010", "--json")).Expect(0);

        var rows = JsonNode.Parse(part.Output)!.AsArray();
        Assert.Equal("state", (string?)rows.Single(row => (string?)row!["organization_id"] == "9900010")!["parent_id_system"]);
        Assert.Contains("1 of ", part.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Nameless", part.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratings_of_a_named_assessment_import_into_another_tenant_with_their_comments()
    {
        using var from = await ImportedAsync("readiness-long.csv", "readinessRatings", "--create-assessments", "--mode", "named");
        using var to = await ImportedAsync();

        var file = to.PathOf("ratings.csv");
        (await from.RunAsync("export", "responses", Assessment, "-o", file)).Expect(0);
        (await to.RunAsync("import", file, "--kind", "readinessRatings", "--create-assessments", "--mode", "named")).Expect(0);

        Assert.Equal(Lines(await File.ReadAllTextAsync(file, Ct)), Lines((await to.RunAsync("export", "responses", Assessment)).Expect(0).Output));
        var rows = (await to.ReadAsync("export", "responses", Assessment)).AsArray();
        Assert.Equal(12 * 48, rows.Count(row => row!["level"] is not null));
        Assert.Contains(rows, row => row!["comment"] is not null);

        // And once more into where they come from: nothing changes.
        var again = JsonNode.Parse((await from.RunAsync("import", file, "--kind", "readinessRatings", "--json")).Expect(0).Output)!;
        Assert.Equal((0, 0), ((int)again["receipt"]!["ratings"]!["created"]!, (int)again["receipt"]!["ratings"]!["updated"]!));
    }

    [Fact]
    public async Task A_confidential_assessment_gives_participants_and_keeps_ratings()
    {
        using var pls = await ImportedAsync("readiness-long.csv", "readinessRatings", "--create-assessments");

        Assert.Contains("assessment.responses_are_withheld", (await pls.RunAsync("export", "responses", Assessment)).Expect(1).Errors, StringComparison.Ordinal);

        var participants = (await pls.ReadAsync("export", "responses", Assessment, "--no-ratings")).AsArray();
        Assert.Equal(12, participants.Count);
        Assert.All(participants, one => Assert.Null(one!["level"]));
    }

    [Fact]
    public async Task Tallies_import_into_another_tenant()
    {
        using var from = await ImportedAsync("readiness-long.csv", "readinessRatings", "--create-assessments");
        (await from.RunAsync("import", Path.Combine(Samples, "tallies.csv"), "--kind", "tallies")).Expect(0);
        using var to = await ImportedAsync();
        const string Cedar = "readiness-2026-fall-9900030";

        var file = to.PathOf("tallies.ndjson");
        (await from.RunAsync("export", "tallies", Cedar, "--format", "ndjson", "-o", file)).Expect(0);
        (await to.RunAsync("import", file, "--kind", "tallies", "--create-assessments")).Expect(0);

        Assert.Equal(Lines(await File.ReadAllTextAsync(file, Ct)), Lines((await to.RunAsync("export", "tallies", Cedar, "--format", "ndjson")).Expect(0).Output));
        Assert.Equal(3, (await to.ReadAsync("export", "tallies", Cedar)).AsArray().Select(row => (string?)row!["group"]).Distinct().Count());
    }

    [Fact]
    public async Task Several_axes_are_several_rows()
    {
        var tenant = await api.NewTenantAsync();
        using (var http = tenant.Everything())
            await http.PublishAsync(TestInstruments.TwoAxes());
        using var pls = new Pls(api.Environment(tenant.Credentials));
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);
        (await pls.RunAsync(
            "assessments", "create", "--instrument", "two-axes", "--round", "r", "--organization", "nces:9900010", "--external-id", "two", "--mode", "named", "--open")).Expect(0);
        using var client = api.Connect(tenant.Credentials);
        var one = (await client.ListAssessmentsAsync(externalId: "two", cancellationToken: Ct)).Items[0];
        await client.CreateResponseAsync(
            one.Id,
            new()
            {
                ParticipantKey = "p-1",
                Ratings = new Dictionary<string, Client.ItemRating?> { ["A.1"] = new(null, new Dictionary<string, string?> { ["status"] = "red", ["priority"] = "high" }) },
                Comments = new Dictionary<string, string?> { ["A.1"] = "First, \"please\"" },
            },
            cancellationToken: Ct);

        var csv = (await pls.RunAsync("export", "responses", "two")).Expect(0).Output;

        Assert.Contains(",p-1,,A.1,status,red,", csv, StringComparison.Ordinal);
        Assert.Contains(",p-1,,A.1,priority,high,", csv, StringComparison.Ordinal);
        Assert.Contains(",\"First, \"\"please\"\"\"\r\n", csv, StringComparison.Ordinal);
        var again = JsonNode.Parse((await pls.RunAsync(csv, ["import", "-", "--kind", "readinessRatings", "--json"])).Expect(0).Output)!;
        Assert.Equal(2, (int)again["receipt"]!["ratings"]!["unchanged"]!);
    }

    [Fact]
    public async Task An_instrument_is_exported_as_one_document()
    {
        using var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));

        var document = JsonNode.Parse((await pls.RunAsync("export", "instrument", "plsr")).Expect(0).Output)!;

        Assert.Equal(("plsr", 8), ((string?)document["code"], document["sections"]!.AsArray().Count));
        Assert.Contains("instrument.not_found", (await pls.RunAsync("export", "instrument", "nothing")).Expect(1).Errors, StringComparison.Ordinal);
    }

    // Participants and groups stand in the order in which they came in, which is each tenant's own.
    private static string[] Lines(string text) => [.. text.Split('\n').Order(StringComparer.Ordinal)];

    private async Task<Pls> ImportedAsync(string? sample = null, string? kind = null, params string[] more)
    {
        var pls = new Pls(api.Environment((await api.NewTenantAsync()).Credentials));
        (await pls.RunAsync("import", Path.Combine(Samples, "organizations.csv"), "--kind", "organizations")).Expect(0);
        if (sample is not null)
            (await pls.RunAsync(["import", Path.Combine(Samples, sample), "--kind", kind!, .. more])).Expect(0);
        return pls;
    }
}
