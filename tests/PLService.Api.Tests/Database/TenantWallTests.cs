using Npgsql;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Database;

/// <summary>What the policies do, tried on every table that the catalog lists, with rows of two tenants in each.</summary>
public sealed class TenantWallTests(DatabaseClone clone) : IClassFixture<DatabaseClone>, IAsyncLifetime
{
    private static readonly Guid Ours = Guid.CreateVersion7();
    private static readonly Guid Theirs = Guid.CreateVersion7();
    private RowMaker? _rows;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var owner = await DatabaseClone.OpenAsync(clone.Database.Owner);
        _rows = await RowMaker.ReadAsync(owner, Ct);
        foreach (var tenant in (Guid[])[Ours, Theirs])
        {
            await using var transaction = await owner.BeginTransactionAsync(Ct);
            await RunAsync(owner, As(tenant));
            if (await CountAsync(owner, "pls.tenant") > 0)
                continue;
            foreach (var table in _rows.Tables)
                await RunAsync(owner, RowMaker.Insert(table, tenant));
            await transaction.CommitAsync(Ct);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_tenant_every_table_reads_empty(bool asOwner)
    {
        await using var connection = await DatabaseClone.OpenAsync(asOwner ? clone.Database.Owner : clone.Database.App);

        foreach (var table in _rows!.Tables)
            Assert.Equal((table.Name, 0L), (table.Name, await CountAsync(connection, table.Name, CatalogAside(table))));
    }

    [Fact]
    public async Task After_a_rollback_every_table_reads_empty_again()
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.App);
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
        {
            await RunAsync(connection, As(Ours));
            foreach (var table in _rows!.Tables)
                Assert.Equal((table.Name, 1L), (table.Name, await CountAsync(connection, table.Name, CatalogAside(table))));
            await transaction.RollbackAsync(Ct);
        }

        foreach (var table in _rows.Tables)
            Assert.Equal((table.Name, 0L), (table.Name, await CountAsync(connection, table.Name, CatalogAside(table))));
    }

    [Fact]
    public async Task A_tenant_cannot_insert_a_row_of_another()
    {
        foreach (var table in _rows!.Tables)
            Assert.Equal((table.Name, PostgresErrorCodes.InsufficientPrivilege), (table.Name, await RefusalAsync(Ours, RowMaker.Insert(table, Theirs))));
    }

    [Fact]
    public async Task A_tenant_cannot_hand_a_row_over_to_another()
    {
        foreach (var table in _rows!.Tables)
        {
            var sql = $"update {table.Name} set {table.Tenant} = '{Theirs}' where {table.Tenant} = '{Ours}'";
            Assert.Equal((table.Name, PostgresErrorCodes.InsufficientPrivilege), (table.Name, await RefusalAsync(Ours, sql)));
        }
    }

    [Fact]
    public async Task A_tenant_changes_and_deletes_no_row_of_another()
    {
        foreach (var table in _rows!.Tables)
        {
            var column = table.Columns[^1].Name;
            foreach (var sql in (string[])[$"update {table.Name} set {column} = {column} where {table.Tenant} = '{Theirs}'", $"delete from {table.Name} where {table.Tenant} = '{Theirs}'"])
                Assert.Contains(await RefusalAsync(Ours, sql), (string[])["0 rows", PostgresErrorCodes.InsufficientPrivilege]);
        }
    }

    [Fact]
    public async Task Nobody_writes_into_the_catalog_at_run_time()
    {
        await using var owner = await DatabaseClone.OpenAsync(clone.Database.Owner);
        var policies = await RlsGate.PoliciesAsync(owner, Ct);
        var catalog = _rows!.Tables.Where(t => policies.Contains($"catalog_is_public on {t.Name}")).ToList();
        Assert.Contains(catalog, table => table.Name == "pls.instrument");
        foreach (var tenant in (Guid[])[Ours, Guid.Empty])
        {
            foreach (var table in catalog)
            {
                var column = table.Columns[^1].Name;
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalAsync(tenant, RowMaker.Insert(table, Guid.Empty)));
                Assert.Equal("0 rows", await RefusalAsync(tenant, $"update {table.Name} set {column} = {column} where tenant_id = '{Guid.Empty}'"));
                Assert.Equal("0 rows", await RefusalAsync(tenant, $"delete from {table.Name} where tenant_id = '{Guid.Empty}'"));
            }
        }
    }

    [Fact]
    public async Task The_worker_sees_the_jobs_of_every_tenant_and_nothing_else()
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.App);
        await RunAsync(connection, "set role plservice_worker");

        foreach (var table in _rows!.Tables)
        {
            if (table.Name == "pls.job")
            {
                Assert.Equal(2, await CountAsync(connection, table.Name));
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusalAsync(connection, $"update {table.Name} set resource_id = id"));
            }
            else
            {
                Assert.Equal((table.Name, PostgresErrorCodes.InsufficientPrivilege), (table.Name, await RefusalAsync(connection, $"select 1 from {table.Name}")));
            }

            Assert.Equal((table.Name, PostgresErrorCodes.InsufficientPrivilege), (table.Name, await RefusalAsync(connection, $"delete from {table.Name}")));
        }
    }

    private static string As(Guid tenant) => $"set local app.tenant_id = '{tenant}'";

    private static string CatalogAside(RowMaker.Table table) => $"where {table.Tenant} <> '{Guid.Empty}'";

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table, string where = "")
    {
        await using var command = new NpgsqlCommand($"select count(*) from {table} {where}", connection);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> RefusalAsync(Guid tenant, string sql)
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.App);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await RunAsync(connection, As(tenant));
        return await RefusalAsync(connection, sql);
    }

    private static async Task<string> RefusalAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            return $"{await RunAsync(connection, sql)} rows";
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
