using System.Net;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.Cli;

public sealed class ReportCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readiness_is_shown_round_by_round_as_a_table_json_and_csv()
    {
        var (tenant, pls) = await SurveyedAsync();
        using var home = pls;

        var report = await pls.ReadAsync("report", "readiness", "pulse", "--by", "item");
        Assert.Equal(["2026", "2027"], report["rounds"]!.AsArray().Select(round => (string)round!["label"]!));

        // Alder: 6 of 8 and 8 of 8 green; Birch: 4 of 8 each time.
        var lines = Lines(await pls.RunAsync("report", "readiness", "pulse", "--organization", "sis:alder"));
        Assert.Contains("organization Alder", lines);
        Assert.Contains("section item axis 2026 2027", lines);
        Assert.Contains("responses 8 8", lines);
        Assert.Contains("A status 75.0 % 100.0 % (+25.0)", lines);
        // Both together.
        Assert.Contains("status 62.5 % 75.0 % (+12.5)", Lines(await pls.RunAsync("report", "readiness", "pulse", "--by", "axis")));

        var csv = (await pls.RunAsync("report", "readiness", "pulse", "--csv", "-")).Expect(0).Output;
        Assert.Equal(await CsvAsync(tenant, "?instrument=pulse"), csv);
    }

    [Fact]
    public async Task Children_are_a_row_each_and_a_file_holds_all_pages()
    {
        var (tenant, pls) = await SurveyedAsync();
        using var home = pls;
        var client = tenant.Everything();
        var state = (await client.ReadAsync("/v1/organizations?kind=state"))["items"]![0]!.AsObject().Id();
        // More children than a page holds.
        for (var i = 0; i < 500; i++)
            await client.CreateAsync("/v1/organizations", new { kind = "district", name = $"Zinnia {i:000}", parentId = state });

        var rows = (await pls.ReadAsync("report", "children", "pulse")).AsArray();
        Assert.Equal(502, rows.Count);
        var lines = Lines(await pls.RunAsync("report", "children", "pulse", "--round", "2026"));
        Assert.Equal(
            [
                "organization kind round responses organizations A B",
                "Alder district 2026 8 1 75.0 % 75.0 %",
                "Birch district 2026 8 1 50.0 % 50.0 %",
            ],
            lines[..3]);

        var path = Path.Combine(Path.GetTempPath(), $"children-{Guid.NewGuid():N}.csv");
        (await pls.RunAsync("report", "children", "pulse", "--csv", path)).Expect(0);
        var file = (await File.ReadAllTextAsync(path, Ct)).Split("\r\n");
        File.Delete(path);
        // A header, a row per section of the two that were asked, one for each other, and nothing after the last line.
        Assert.Equal(1 + 4 + 500 + 1, file.Length);
        Assert.Single(file, line => line.StartsWith("organizationId,", StringComparison.Ordinal));
        Assert.Equal(rows.Select(row => (string)row!["organization"]!["id"]!), file[1..^1].Select(line => line.Split(',')[0]).Distinct());
    }

    [Fact]
    public async Task A_comparison_says_that_too_few_others_are_there_and_a_wrong_word_is_told()
    {
        var (_, pls) = await SurveyedAsync();
        using var home = pls;

        var lines = Lines(await pls.RunAsync("report", "compare", "pulse", "--organization", "sis:birch", "--by", "axis"));
        Assert.Contains("compared with 1 (0 more are withheld)", lines);
        Assert.Contains("status 8 50.0 %", lines);

        Assert.Contains("instrument.not_found", (await pls.RunAsync("report", "compare", "none")).Expect(1).Errors, StringComparison.Ordinal);
        var misspelt = (await pls.RunAsync("report", "readiness", "pulse", "--by", "person")).Expect(64);
        Assert.Contains("section, item, axis", misspelt.Errors, StringComparison.Ordinal);

        // A refused report leaves no file behind.
        var path = Path.Combine(Path.GetTempPath(), $"none-{Guid.NewGuid():N}.csv");
        var refused = (await pls.RunAsync("report", "readiness", "none", "--csv", path)).Expect(1);
        Assert.Contains("instrument.not_found", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"));
    }

    private static async Task<string> CsvAsync(TestTenant tenant, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/reports/readiness" + query);
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await tenant.Everything().SendAsync(request, Ct);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Ct);
    }

    /// <summary>What people see, without the blanks that make columns.</summary>
    private static List<string> Lines(Ended ended) =>
        [.. ended.Expect(0).Output.Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    /// <summary>Two districts of a state with eight people each, in two rounds.</summary>
    private async Task<(TestTenant Tenant, Pls Pls)> SurveyedAsync()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.PublishAsync(TestInstruments.OneAxis());
        var state = (await client.CreateAsync("/v1/organizations", new { kind = "state", name = "State" })).Id();
        foreach (var (name, greens) in new[] { ("Alder", new[] { 6, 8 }), ("Birch", [4, 4]) })
        {
            var identifiers = new[] { new { system = "sis", value = name.ToLowerInvariant() } };
            var district = await client.CreateAsync("/v1/organizations", new { kind = "district", name, parentId = state, identifiers });
            foreach (var (round, green) in new[] { "2026", "2027" }.Zip(greens))
                await SurveyAsync(client, district.Id(), round, green);
        }

        return (tenant, new Pls(api.Environment(tenant.Credentials)));
    }

    private static async Task SurveyAsync(HttpClient client, Guid organizationId, string round, int green)
    {
        var made = await client.CreateAsync(
            "/v1/assessments", new { organizationId, instrument = new { code = "pulse" }, round, mode = "anonymous", open = true });
        for (var i = 0; i < 8; i++)
        {
            var level = i < green ? "green" : "yellow";
            var ratings = new Dictionary<string, string> { ["A.1"] = level, ["A.2"] = level, ["B.1"] = level };
            await client.CreateAsync($"/v1/assessments/{made.Id()}/responses", new { ratings });
        }

        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{made.Id()}/close", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
    }
}
