using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using PLService.Api.Access;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Database;

/// <summary>Migrations are SQL files, so nothing but this says that EF's model and the tables are the same.</summary>
public sealed class ModelTests(DatabaseClone clone) : IClassFixture<DatabaseClone>
{
    /// <summary>Tables that EF does not map, each with the reason.</summary>
    private static readonly Dictionary<string, string> Unmapped = new()
    {
        ["pls.__ef_migrations_history"] = "EF's own",
        ["pls.idempotency_record"] = "written and read in SQL by the unit of work",
        ["pls.import_payload"] = "the import works below EF, with COPY and batches",
        ["pls.import_issue"] = "the import works below EF, with COPY and batches",
        ["pls.digest"] = "claimed in SQL by those who write digests",
        ["pls.rollup_stamp"] = "roll-ups are kept in SQL, and their stamp with them",
        ["pls.import_change"] = "the import works below EF, with COPY and batches",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_column_of_the_model_is_in_the_database_as_the_model_has_it_and_the_other_way_round()
    {
        var model = Tables().SelectMany(table => table.Columns.Select(column =>
            $"{table.Schema}.{table.Name}.{column.Name} {column.StoreType} {(column.IsNullable ? "null" : "not null")}")).ToList();
        var mapped = Tables().Select(table => $"{table.Schema}.{table.Name}").ToHashSet();
        var database = (await ListAsync("""
            select format('%s.%s.%s %s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' else 'null' end)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
            where n.nspname = 'pls' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
            """)).Where(column => !IsUnmapped(column, mapped)).ToList();

        Assert.True(model.Count > 100, $"The model has only {model.Count} columns: the comparison sees nothing.");
        Findings.None([.. model.Except(database).Select(column => $"only in the model: {column}"), .. database.Except(model).Select(column => $"only in the database: {column}")]);
    }

    [Fact]
    public async Task Every_key_of_the_model_is_the_primary_key_of_its_table()
    {
        var model = Tables().Select(table => $"{table.Schema}.{table.Name} ({string.Join(", ", table.PrimaryKey!.Columns.Select(c => c.Name))})").ToList();
        var database = await ListAsync("select format('%s %s', conrelid::regclass, substr(pg_get_constraintdef(oid), 13)) from pg_constraint where contype = 'p'");

        Assert.NotEmpty(model);
        Findings.None(model.Except(database));
    }

    [Fact]
    public async Task Every_foreign_key_of_the_model_is_one_of_the_database()
    {
        var model = Tables().SelectMany(table => table.ForeignKeyConstraints.Select(key =>
            $"{table.Schema}.{table.Name} ({Names(key.Columns)}) {key.PrincipalTable.Schema}.{key.PrincipalTable.Name}({Names(key.PrincipalColumns)})"
            + (key.OnDeleteAction is ReferentialAction.Cascade ? " ON DELETE CASCADE" : ""))).ToList();
        var database = await ListAsync("""
            select replace(format('%s %s', conrelid::regclass, substr(pg_get_constraintdef(oid), 13)), 'REFERENCES ', '') from pg_constraint where contype = 'f'
            """);

        Assert.NotEmpty(model);
        Findings.None(model.Except(database));
    }

    private static string Names(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(c => c.Name));

    // A table may be unmapped; once it is mapped, its columns count like all others.
    private static bool IsUnmapped(string column, HashSet<string> mapped) =>
        column[..column.LastIndexOf('.', column.IndexOf(' ', StringComparison.Ordinal))] is var table && Unmapped.ContainsKey(table) && !mapped.Contains(table);

    private List<ITable> Tables()
    {
        using var db = PersistenceServices.OwnerContext(clone.Database.Owner, new Caller(), TimeProvider.System);
        return [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables];
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.Owner);
        return await RlsGate.ListAsync(connection, sql, Ct);
    }
}
