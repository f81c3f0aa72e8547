using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PLService.Api.Persistence;
using PLService.Api.Tests.Imports;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Database;

/// <summary>
/// Connections go back to the pool without being reset, so that nothing may be left on them: no tenant, no role, no setting, no temporary
/// table, no lock.
/// </summary>
public sealed class PooledConnectionTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Left =
        """
        select current_user || ' ' || coalesce(nullif(current_setting('app.tenant_id', true), ''), 'no tenant') || ' ' || current_setting('plan_cache_mode')
            || ' ' || (select count(*) from pg_class where relnamespace = pg_my_temp_schema())
            || ' ' || (select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory')
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_of_every_kind_leaves_nothing_on_its_connection()
    {
        var world = await ImportWorld.MakeAsync(api);
        await world.Client.ReceiptAsync(ImportWorld.Query + "&closeAssessments=true", world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "green")]));
        await world.Client.RefusedAsync(ImportWorld.Query, world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "mauve")]), "import.rows_rejected");
        await world.Client.ReadAsync("/v1/organizations");
        await world.Client.ReadAsync("/v1/reports/readiness?instrument=pulse&organizationId=" + world.Organizations[ImportWorld.District]);
        await world.Client.SendJsonAsync(HttpMethod.Post, "/v1/organizations", new { kind = "school", name = "" });

        var source = api.Services.GetRequiredService<NpgsqlDataSource>();
        var connections = new List<NpgsqlConnection>();
        var used = 0;
        // More than there are idle ones, so that each of these is looked at.
        for (var i = 0; i < 12; i++)
        {
            connections.Add(await source.OpenConnectionAsync(Ct));
            await using var prepared = new NpgsqlCommand("select count(*) from pg_prepared_statements", connections[^1]);
            used += (long)(await prepared.ExecuteScalarAsync(Ct))! > 0 ? 1 : 0;
            await using var command = new NpgsqlCommand(Left, connections[^1]);
            Assert.Equal("plservice_app no tenant force_generic_plan 0 0", await command.ExecuteScalarAsync(Ct));
        }

        Assert.True(used > 0, "None of the connections had done any work.");
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_lost_within_a_transaction_is_not_replaced_by_one_that_knows_no_tenant()
    {
        var tenant = await api.NewTenantAsync();

        await tenant.StoredAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            Assert.Single(await db.Tenants.ToListAsync(Ct));
            var pid = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync(Ct);
            await using (var other = await api.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Ct))
            await using (var terminate = new NpgsqlCommand("select pg_terminate_backend($1, 5000)", other) { Parameters = { new() { Value = pid } } })
                Assert.Equal(true, await terminate.ExecuteScalarAsync(Ct));

            for (var i = 0; i < 3; i++)
                Assert.True(DatabaseFaults.IsAway(await Assert.ThrowsAnyAsync<Exception>(() => db.Tenants.ToListAsync(Ct))));
            return true;
        });
    }
}
