using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Catalog;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Catalog;

/// <summary>Loading the catalog again, unchanged and changed.</summary>
public sealed class ReloadCatalogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unchanged_it_writes_no_row()
    {
        await using var database = await TestDatabases.CloneAsync();
        var before = await RowsAsync(database);

        await using (var db = CatalogDatabase.Open(database))
            await CatalogLoader.LoadAsync(db, TimeProvider.System, Ct);

        Assert.Equal(before, await RowsAsync(database));
    }

    [Fact]
    public async Task A_new_label_keeps_the_old_one_and_only_what_says_something_else_gets_a_new_date()
    {
        await using var database = await TestDatabases.CloneAsync();
        var before = await BodiesAsync(database);

        await LoadAsync(database, ("Learning Designs\",\n      \"statement\"", "Designs for Learning\",\n      \"statement\""));

        await using var db = CatalogDatabase.Open(database);
        var standard = await db.Standards.SingleAsync(s => s.Code == "DES" && db.Frameworks.Any(f => f.Id == s.FrameworkId && f.Code == "ct-2015"), Ct);
        Assert.Equal(("Designs for Learning", 2L), (standard.Label, standard.Version));
        var former = await db.StandardNames.SingleAsync(n => n.StandardId == standard.Id, Ct);
        Assert.Equal(("DES", "Learning Designs", new DateOnly(2027, 3, 1)), (former.Code, former.Label, former.ValidTo));
        // The statement, and the links that carry its title: its place, to the standards of 2011, and those of components and strategies.
        var changed = await ChangedAsync(database, before);
        Assert.Contains(standard.Id, changed);
        var associations = await db.StandardAssociations.ToDictionaryAsync(a => a.Id, Ct);
        Assert.All(changed.Where(id => id != standard.Id), id =>
        {
            var association = associations[id];
            Assert.True(association.OriginId == standard.Id || association.DestinationId == standard.Id);
            Assert.Equal("2027-03-01T12:00:00Z", CaseObject.Read(association.Body).Text("lastChangeDateTime"));
        });
    }

    [Fact]
    public async Task A_new_code_is_the_same_standard_when_the_file_says_what_it_was()
    {
        await using var database = await TestDatabases.CloneAsync();
        Guid id;
        await using (var db = CatalogDatabase.Open(database))
            id = (await db.Standards.SingleAsync(s => s.Code == "T8", Ct)).Id;

        await LoadAsync(
            database,
            ("{ \"code\": \"T8\", \"label\": \"Collaborative and collegial practices\" }",
                "{ \"code\": \"T8X\", \"label\": \"Collegial practices\", \"formerly\": [{ \"code\": \"T8\", \"label\": \"Collaborative and collegial practices\", \"until\": \"2027-01-01\" }] }"),
            ("wa-tpep/T8", "wa-tpep/T8X"));

        await using var after = CatalogDatabase.Open(database);
        var renamed = await after.Standards.SingleAsync(s => s.Code == "T8X", Ct);
        Assert.Equal((id, "Collegial practices"), (renamed.Id, renamed.Label));
        var former = await after.StandardNames.SingleAsync(n => n.StandardId == id, Ct);
        Assert.Equal(("T8", new DateOnly(2027, 1, 1)), (former.Code, former.ValidTo));
    }

    [Fact]
    public async Task What_is_no_longer_in_a_file_goes_and_what_is_new_comes()
    {
        await using var database = await TestDatabases.CloneAsync();

        await LoadAsync(database, (", \"C21 isRelatedTo wa-tpep/T7\"", ""), ("\"C09 isRelatedTo wa-tpep/T6\"", "\"C09 isRelatedTo wa-tpep/T3\""));

        await using var db = CatalogDatabase.Open(database);
        Assert.Equal(
            ["T3", "T4", "T8"],
            await db.StandardAssociations.Where(a => a.Type == AssociationTypes.IsRelatedTo)
                .SelectMany(a => db.Standards.Where(s => s.Id == a.DestinationId && db.Frameworks.Any(f => f.Id == s.FrameworkId && f.Code == "wa-tpep"))).Select(s => s.Code).Order().ToListAsync(Ct));
    }

    [Theory]
    [InlineData("LEA exactMatchOf lf-2011/LEA", "LEA exactMatchOf lf-2011/NONE", "lf-2011 has no standard NONE")]
    [InlineData("LEA exactMatchOf lf-2011/LEA", "LEA exactMatchOf nowhere/LEA", "ct-2015 links to nowhere/LEA")]
    [InlineData("LEA exactMatchOf lf-2011/LEA", "LEA equals lf-2011/LEA", "is no link such as")]
    [InlineData("\"adoptionStatus\": \"Deprecated\"", "\"adoption\": \"Deprecated\"", "is no framework file")]
    public async Task A_file_with_a_fault_stops_everything_and_the_message_says_where(string written, string instead, string message)
    {
        await using var database = await TestDatabases.CloneAsync();
        var before = await RowsAsync(database);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => LoadAsync(database, (written, instead)));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync(database));
    }

    private static async Task LoadAsync(TestDatabase database, params (string Written, string Instead)[] changes)
    {
        var clock = new At(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var db = CatalogDatabase.Open(database, clock);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await new FrameworkCatalog(db, clock).LoadAsync([.. Files(changes)], Ct);
        await transaction.CommitAsync(Ct);
    }

    private static IEnumerable<(string Name, byte[] Content)> Files((string Written, string Instead)[] changes)
    {
        var used = new HashSet<string>();
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Root, "api/PLService.Api/Catalog/Frameworks")).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(path);
            foreach (var (written, instead) in changes.Where(change => text.Contains(change.Written, StringComparison.Ordinal)))
            {
                text = text.Replace(written, instead, StringComparison.Ordinal);
                used.Add(written);
            }

            yield return ($"catalog/Frameworks/{Path.GetFileName(path)}", Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal(changes.Length, used.Count);
    }

    /// <summary>Every row with the transaction that wrote it.</summary>
    private static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        var rows = new List<string>();
        await using var connection = await DatabaseClone.OpenAsync(database.Admin);
        foreach (var table in new[] { "framework", "standard", "standard_name", "standard_association", "framework_definition", "standard_reference" })
        {
            await using var command = new NpgsqlCommand($"select xmin::text || t::text from pls.{table} t", connection);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            while (await reader.ReadAsync(Ct))
                rows.Add(reader.GetString(0));
        }

        Assert.True(rows.Count > 500);
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static async Task<Dictionary<Guid, JsonNode>> BodiesAsync(TestDatabase database)
    {
        await using var db = CatalogDatabase.Open(database);
        var bodies = await db.Standards.Select(s => new { s.Id, s.Body }).ToListAsync(Ct);
        bodies.AddRange(await db.StandardAssociations.Select(a => new { a.Id, a.Body }).ToListAsync(Ct));
        bodies.AddRange(await db.FrameworkDefinitions.Select(d => new { d.Id, d.Body }).ToListAsync(Ct));
        bodies.AddRange(await db.Frameworks.Select(f => new { f.Id, f.Body }).ToListAsync(Ct));
        return bodies.ToDictionary(one => one.Id, one => JsonNode.Parse(one.Body)!);
    }

    private static async Task<List<Guid>> ChangedAsync(TestDatabase database, Dictionary<Guid, JsonNode> before) =>
        [.. (await BodiesAsync(database)).Where(one => !JsonNode.DeepEquals(one.Value, before[one.Key])).Select(one => one.Key)];

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
