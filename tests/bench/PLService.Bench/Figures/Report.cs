using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace PLService.Bench.Figures;

/// <summary>Where and with what a run was made.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGb, string OperatingSystem, string DotNet, string PostgreSql, string Npgsql, string Service, string LoadGenerator)
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
internal sealed record Report(Machine Machine, Options Options, DateTimeOffset Date, TimeSpan Took, long Ratings, Ledger Results, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Markdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## Benchmark of {Date:yyyy-MM-dd HH:mm} UTC\n\n{Machine.Processor}, {Machine.Cores} cores, {Machine.MemoryGb} GB; {Machine.OperatingSystem}; ");
        text.Append(CultureInfo.InvariantCulture, $"{Machine.DotNet}; PostgreSQL {Machine.PostgreSql}; Npgsql {Machine.Npgsql}.\n");
        text.Append(CultureInfo.InvariantCulture, $"{Ratings:#,0} ratings, medians of {Options.Rounds} rounds in turn, {Options.Connections} connections, {Took.TotalMinutes:0.0} minutes. ");
        text.Append("Load: ").Append(Machine.LoadGenerator).Append(".\n\n");
        text.Append("| | workload | ours | bare | limit | ratio | at least | verdict | aim | verdict |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var row in new Table(Results).Rows())
            text.Append(CultureInfo.InvariantCulture, $"| {row.Id} | {row.Work} | {row.Ours} | {row.Bare} | {row.Limit} | {row.Ratio} | {row.AtLeast} | {row.Verdict} | {row.Aim} | {row.AimVerdict} |\n");
        text.Append('\n');
        foreach (var note in Notes.Concat(Results.Missing.Select(missing => $"{missing.Key} has no figures: {missing.Value}.")).Concat(Results.Faults.Select(fault => $"**Wrong:** {fault}")))
            text.Append("- ").Append(note).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"- {Results.Checks.Count} checks of what was stored held, {Results.Faults.Count} did not.\n");
        return text.ToString();
    }

    public Task WriteAsync(string file, CancellationToken ct)
    {
        var medians = Results.All.ToDictionary(entry => entry.Key, entry => Results.Median(entry.Key));
        var content = new { Date, Machine, Options, Seconds = Math.Round(Took.TotalSeconds), Ratings, Notes, Table = new Table(Results).Rows(), Medians = medians, Rounds = Results.All, Results.Missing, Results.Checks, Results.Faults };
        return File.WriteAllTextAsync(file, JsonSerializer.Serialize(content, Json) + "\n", ct);
    }
}
