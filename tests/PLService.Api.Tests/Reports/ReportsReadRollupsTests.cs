using Npgsql;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

/// <summary>Reports stand on stored roll-ups: without any right to read what people said they are the same.</summary>
public sealed class ReportsReadRollupsTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string[] Tables =
        ["pls.response", "pls.tally", "pls.assessment_counts", "pls.assessment_result", "pls.assessment"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_may_not_read_responses_tallies_counts_or_results_gives_the_same_reports()
    {
        var random = new Random(1);
        var tree = new SurveyTree(await api.NewTenantAsync());
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var alder = await tree.PlaceAsync("district", "Alder", state);
        await tree.SurveyAsync(alder, edition, "fall", SurveyTree.Random(edition, 8, random));
        string[] addresses = [Address("?by=item", state), Address("/children", state), Address("/comparison", alder), Address("?lens=ct-2015", state)];
        var before = await Task.WhenAll(addresses.Select(address => tree.Client.GetStringAsync(address, Ct)));
        Assert.All(before, report => Assert.Contains("\"n\":8", report, StringComparison.Ordinal));

        await using (var admin = await DatabaseClone.OpenAsync(api.Database.Admin))
            await ExecuteAsync(admin, $"revoke select on {string.Join(", ", Tables)} from plservice_app");

        await using (var service = await DatabaseClone.OpenAsync(api.Database.App))
        {
            foreach (var table in Tables)
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(service, $"select from {table}"));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
            }
        }

        Assert.Equal(before, await Task.WhenAll(addresses.Select(address => tree.Client.GetStringAsync(address, Ct))));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
