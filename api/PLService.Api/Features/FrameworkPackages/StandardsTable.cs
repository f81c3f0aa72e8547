using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>Reads tables of standards: the rows, and the framework that they are to be merged into.</summary>
internal sealed class StandardsTable(PLServiceDbContext db, PackageReader reader, PackageLoader loader, TimeProvider clock)
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>The framework with the table in it, or what is wrong with the table.</summary>
    public async Task<CaseReading> MergeAsync(CsvRows table, string code, string? title, CancellationToken ct)
    {
        var (rows, faults) = Rows(table);
        if (faults.Count > 0)
            return new(null, faults, []);
        var now = clock.GetUtcNow();
        var framework = await reader.FindAsync(code, withDrafts: true, ct);
        var package = framework is not null ? await loader.LoadAsync(framework, ct) : await NewAsync(code, title, now, ct);
        return StandardMerge.Merge(package, rows, now);
    }

    private async Task<CasePackage> NewAsync(string code, string? title, DateTimeOffset now, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var creator = await db.Tenants.Select(tenant => tenant.Name).SingleAsync(ct);
        return new() { Document = new(id, title ?? code, CaseBodies.Document(id, title ?? code, creator, now).Write()) };
    }

    private static (List<StandardRow> Rows, List<Fault> Faults) Rows(CsvRows table)
    {
        var faults = new List<Fault>();
        if (table.Fault is not null || table.Rows.Count == 0)
            return ([], [new("", "case.table", table.Fault ?? "The file is empty; its first row names the columns.")]);
        var columns = new List<Func<StandardRow, string, StandardRow>?>();
        var taken = new HashSet<string>();
        foreach (var header in table.Rows[0].Cells)
        {
            var name = Plain(header);
            var column = StandardColumns.All.FirstOrDefault(known => Plain(known.Name) == name);
            if (column.Name is null && name.Length > 0)
                faults.Add(new($"/1/{FaultList.Escaped(header)}", "case.unknown_column", $"There is no column \"{FaultList.Shown(header)}\"; the columns are {string.Join(", ", StandardColumns.All.Select(known => known.Name))}."));
            else if (column.Name is not null && !taken.Add(column.Name))
                faults.Add(new($"/1/{column.Name}", "case.duplicate", $"The column {column.Name} stands in the file twice."));
            columns.Add(column.With);
        }

        if (faults.Count == 0 && !taken.Contains("statement") && !taken.Contains("identifier") && !taken.Contains("code"))
            faults.Add(new("/1/statement", "case.missing", "The first row names the columns; statement is needed for new standards, identifier or code for existing ones."));
        return ([.. table.Rows.Skip(1).Select(row => Read(row.Line, row.Cells, columns))], faults);
    }

    private static StandardRow Read(int line, string[] cells, List<Func<StandardRow, string, StandardRow>?> columns)
    {
        var row = new StandardRow(line);
        foreach (var (i, column) in columns.Index())
        {
            // Spreadsheets leave out blank cells at the end of a row.
            if (column is not null)
                row = column(row, i < cells.Length ? CsvRows.Unguarded(cells[i]) : "");
        }

        return row;
    }

    private static string Plain(string header) => string.Concat(JsonNamingPolicy.CamelCase.ConvertName(header).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
