using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Database;

/// <summary>What is prepared on the service's connections, and that it stays right whatever happens there.</summary>
public sealed class PreparedStatementTests(PreparedStatementTests.OneConnection api) : IClassFixture<PreparedStatementTests.OneConnection>
{
    private const string Echo = "select $1::text, current_setting('app.tenant_id')";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Source => api.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task Each_tenant_reads_as_itself_on_a_connection_that_thousands_share()
    {
        for (var i = 0; i < 5_000; i++)
        {
            var tenant = Guid.CreateVersion7();
            // Each several times and some statements between them, as a connection sees it.
            for (var use = 0; use < 2; use++)
                Assert.Equal(($"{i} {use}", tenant.ToString("D")), await EchoAsync(tenant, $"{i} {use}"));
        }

        var prepared = await PreparedAsync();
        Assert.Equal(1, prepared.Count(text => text == Echo));
        Assert.DoesNotContain(prepared, text => text.StartsWith("SET", StringComparison.Ordinal));
        Assert.InRange(prepared.Count, 1, PreparedStatements.MaxTexts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_statement_whose_parameters_cannot_be_bound_is_right_again_at_its_next_use(int usesBefore)
    {
        // A text of its own for each case, of which the connection knows nothing yet.
        var sql = $"select $1::int + {usesBefore}, $2::text";
        for (var use = 0; use < usesBefore; use++)
            Assert.Equal("before", await RunAsync(sql, "before"));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(sql, "a\0b"));

        Assert.Equal(PostgresErrorCodes.CharacterNotInRepertoire, refused.SqlState);
        for (var use = 0; use < 5; use++)
            Assert.Equal("after", await RunAsync(sql, "after"));
        Assert.Equal(1, (await PreparedAsync()).Count(text => text == sql));
    }

    [Fact]
    public async Task Queries_of_EF_are_prepared_once_and_found_again()
    {
        var tenant = await api.NewTenantAsync();
        using var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Oak" });

        for (var use = 0; use < 5; use++)
            await client.ReadAsync($"/v1/organizations/{made.Id()}");

        await using var connection = await Source.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand(
            "select generic_plans + custom_plans from pg_prepared_statements where statement like '%pls.organization AS%' and statement like '%identifier%' order by 1 desc limit 1",
            connection);
        Assert.True(await command.ExecuteScalarAsync(Ct) is long uses and >= 5, "The query was not used as prepared.");
    }

    private async Task<(string, string)> EchoAsync(Guid tenant, string text)
    {
        var command = new NpgsqlBatchCommand(Echo) { Parameters = { new() { Value = text } } };
        return await As(tenant).ExecuteAsync(
            command, async (rows, token) => await rows.ReadAsync(token) ? (rows.GetString(0), rows.GetString(1)) : default, Ct);
    }

    private Task<string> RunAsync(string sql, string text)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = 7 }, new() { Value = text } } };
        return As(Guid.CreateVersion7()).ExecuteAsync(command, async (rows, token) => await rows.ReadAsync(token) ? rows.GetString(1) : "", Ct);
    }

    private TenantReader As(Guid tenant)
    {
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(tenant));
        return new TenantReader(Source, caller);
    }

    private async Task<List<string>> PreparedAsync()
    {
        await using var connection = await Source.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand("select statement from pg_prepared_statements", connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(Ct))
            texts.Add(reader.GetString(0));
        return texts;
    }

    /// <summary>A service whose pool has one connection, so that everything meets there.</summary>
    public sealed class OneConnection : ApiServer
    {
        protected override string[] Settings => ["Jobs:Workers=0"];

        protected override string Connection(string app) => app + ";Maximum Pool Size=1";
    }
}
