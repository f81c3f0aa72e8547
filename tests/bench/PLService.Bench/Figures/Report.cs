using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;

namespace PLService.Bench.Figures;

/// <summary>Where and with what a run was made.</summary>
internal sealed record Machine(
    string Processor, int Cores, double MemoryGb, string OperatingSystem, string DotNet, string PostgreSql, string Npgsql, string Service,
    string LoadGenerator)
{
    public static async Task<Machine> ReadAsync(string database, string api, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        return new Machine(
            await LineAsync("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            connection.PostgreSqlVersion.ToString(),
            typeof(NpgsqlConnection).Assembly.GetName().Version!.ToString(3),
            System.Diagnostics.FileVersionInfo.GetVersionInfo(api).ProductVersion ?? "",
            "plservice-bench: raw sockets, HTTP/1.1 keep-alive, in a process on the same machine");
    }

    private static async Task<string?> LineAsync(string file, string name) => File.Exists(file)
        ? (await File.ReadAllLinesAsync(file)).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim()
        : null;
}

/// <summary>The table for people and the file with every raw figure.</summary>
internal sealed record Report(
    Machine Machine, Options Options, DateTimeOffset Date, TimeSpan Took, long Ratings, Ledger Results, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Markdown()
    {
        var lines = new List<string>
        {
            "",
            Of($"## Benchmark of {Date:yyyy-MM-dd HH:mm} UTC"),
            "",
            Of($"{Machine.Processor}, {Machine.Cores} cores, {Machine.MemoryGb} GB; {Machine.OperatingSystem}; {Machine.DotNet}; ")
                + Of($"PostgreSQL {Machine.PostgreSql}; Npgsql {Machine.Npgsql}; plservice {Machine.Service}."),
            Of($"{Ratings:#,0} ratings, medians of {Options.Rounds} rounds in turn, {Options.Connections} connections, {Took.TotalMinutes:0.0} minutes. ")
                + Of($"Load: {Machine.LoadGenerator}."),
            "",
            Table.Head,
        };
        lines.AddRange(new Table(Results).Rows().Select(row => row.Markdown()));
        lines.Add("");
        lines.AddRange(Notes.Select(note => $"- {note}"));
        lines.AddRange(Results.Missing.Select(missing => $"- {missing.Key} has no figures: {missing.Value}."));
        lines.AddRange(Results.Faults.Select(fault => $"- **Wrong:** {fault}"));
        lines.Add(Of($"- {Results.Checks.Count} checks of what was stored held, {Results.Faults.Count} things were wrong."));
        return string.Join('\n', lines);

        static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    public Task WriteAsync(string file, CancellationToken ct)
    {
        var content = new
        {
            Date,
            Machine,
            // Where the checkout lies is nobody's business.
            Options = Options with { Api = Path.GetRelativePath(Directory.GetCurrentDirectory(), Options.Api) },
            Seconds = Math.Round(Took.TotalSeconds),
            Ratings,
            Notes,
            Table = new Table(Results).Rows(),
            Medians = Results.All.ToDictionary(entry => entry.Key, entry => Results.Median(entry.Key)),
            Rounds = Results.All,
            Results.Missing,
            Results.Checks,
            Results.Faults,
        };
        return File.WriteAllTextAsync(file, JsonSerializer.Serialize(content, Json) + "\n", ct);
    }
}
