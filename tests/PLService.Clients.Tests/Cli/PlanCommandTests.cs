using PLService.Api.Tests.Infrastructure;
using PLService.Client;

namespace PLService.Clients.Tests.Cli;

public sealed class PlanCommandTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly DateOnly Start = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-40);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plans_come_in_are_listed_and_shown_and_go_out_as_they_came_in()
    {
        var (pls, _) = await NewAsync();
        using (pls)
        {
            await File.WriteAllTextAsync(pls.PathOf("plans.csv"), Text, Ct);
            Assert.Equal(1, (int)(await pls.ReadAsync("plans", "import", pls.PathOf("plans.csv"), "--dry-run"))["receipt"]!["plans"]!["created"]!);
            Assert.Contains("3 created", (await pls.RunAsync("plans", "import", pls.PathOf("plans.csv"))).Expect(0).Output, StringComparison.Ordinal);

            var listed = Assert.Single((await pls.ReadAsync("plans", "list", "--organization", "nces:0012345", "--status", "active")).AsArray())!;
            Assert.Contains("Our [plan]", (await pls.RunAsync("plans", "list")).Expect(0).Output, StringComparison.Ordinal);
            Assert.Equal((string?)listed["id"], (string?)(await pls.ReadAsync("plans", "show", "p26"))["plan"]!["id"]);
            var shown = (await pls.RunAsync("plans", "show", "p26")).Expect(0).Output.Split('\n').Select(line => line.TrimEnd()).ToList();
            var at = shown.IndexOf("Teams that meet");
            Assert.Equal([$"  [inProgress] Agree on a time, due {Start.AddDays(20):O}", "! No substitutes (substitutes, high, open)"], shown.Skip(at + 1).Take(2));

            (await pls.RunAsync("plans", "export", "-o", pls.PathOf("out.csv"))).Expect(0);
            Assert.Equal(("0", "1"), await ChangedAsync(pls, "out.csv"));
            await File.WriteAllTextAsync(pls.PathOf("out.ndjson"), (await pls.RunAsync("plans", "export", "--within", "nces:0012345", "--json")).Expect(0).Output, Ct);
            Assert.Equal(("0", "1"), await ChangedAsync(pls, "out.ndjson"));
        }
    }

    [Fact]
    public async Task A_chart_is_drawn_and_saved_and_a_check_in_closes_its_column()
    {
        var (pls, _) = await NewAsync();
        using (pls)
        {
            await File.WriteAllTextAsync(pls.PathOf("plans.csv"), Text, Ct);
            (await pls.RunAsync("plans", "import", pls.PathOf("plans.csv"))).Expect(0);

            Assert.Contains("Agree on a time (inProgress)", (await pls.RunAsync("plans", "chart", "p26")).Expect(0).Output, StringComparison.Ordinal);
            (await pls.RunAsync("plans", "chart", "p26", "--pdf", pls.PathOf("chart.pdf"), "--csv", pls.PathOf("chart.csv"))).Expect(0);
            Assert.StartsWith("%PDF-", await File.ReadAllTextAsync(pls.PathOf("chart.pdf"), Ct), StringComparison.Ordinal);
            Assert.Contains("Agree on a time", await File.ReadAllTextAsync(pls.PathOf("chart.csv"), Ct), StringComparison.Ordinal);

            Assert.Equal(30, (int)(await pls.ReadAsync("plans", "check-in", "p26", "--mark", "30", "--done", "Not yet."))["mark"]!);
            Assert.Contains("30 days (closed)", (await pls.RunAsync("plans", "chart", "p26")).Expect(0).Output, StringComparison.Ordinal);
            (await pls.RunAsync("plans", "check-in", "p26", "--mark", "30")).Expect(1);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_the_rows_come_back_in_a_file()
    {
        var (pls, _) = await NewAsync();
        using (pls)
        {
            await File.WriteAllTextAsync(pls.PathOf("plans.csv"), Text + "0012345,p26,,,,,,,norms,Norms,,finished,,,,\n", Ct);
            var partly = (await pls.RunAsync("plans", "import", pls.PathOf("plans.csv"), "--on-error", "skip", "--error-file", pls.PathOf("errors.csv"))).Expect(2);
            Assert.Contains("import.unknown_word", partly.Output, StringComparison.Ordinal);
            Assert.Contains("finished", await File.ReadAllTextAsync(pls.PathOf("errors.csv"), Ct), StringComparison.Ordinal);
            Assert.Contains("There is no plan 'p27'", (await pls.RunAsync("plans", "show", "p27")).Expect(1).Errors, StringComparison.Ordinal);
            (await pls.RunAsync("plans", "check-in", "p26")).Expect(64);
        }
    }

    private static string Text =>
        "organization_nces_id,plan_external_id,plan_title,plan_starts_on,plan_ends_on,plan_status,strategy_external_id,strategy_title,step_external_id,step_title,due_on,status,obstacle_external_id,obstacle_title,kind,severity\n"
        + $"0012345,p26,Our [plan],{Start:O},{Start.AddYears(1):O},active,teams,Teams that meet,time,Agree on a time,{Start.AddDays(20):O},inProgress,,,,\n"
        + "0012345,p26,,,,,,,,,,,subs,No substitutes,substitutes,high\n";

    private static async Task<(string Updated, string Unchanged)> ChangedAsync(Pls pls, string file)
    {
        var plans = (await pls.ReadAsync("plans", "import", pls.PathOf(file)))["receipt"]!["plans"]!;
        return (plans["updated"]!.ToString(), plans["unchanged"]!.ToString());
    }

    private async Task<(Pls Pls, PLServiceClient Client)> NewAsync()
    {
        var tenant = await api.NewTenantAsync();
        var client = api.Connect(tenant.Credentials);
        await client.CreateOrganizationAsync(
            new() { Kind = OrganizationKind.District, Name = "Alder", Identifiers = [new() { System = "nces", Value = "0012345" }] }, cancellationToken: Ct);
        return (new Pls(api.Environment(tenant.Credentials)), client);
    }
}
