using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A server of <c>tests/servers</c> as a child process; it ends when it is disposed, or when this process does, which closes its input.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private static readonly string Folder = Repository.PathOf("tests", "servers");
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<JsonObject> _said = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    private NodeServer(Process process) => _process = process;

    /// <summary>What it said since it was started, a JSON object per line.</summary>
    public IReadOnlyList<JsonObject> Said => [.. _said];

    /// <summary>Starts <paramref name="file"/> and waits for its first line.</summary>
    public static async Task<NodeServer> StartAsync(string file, object arguments, CancellationToken ct)
    {
        await InstallAsync(ct);
        var start = new ProcessStartInfo("node", [file, JsonSerializer.Serialize(arguments, JsonSerializerOptions.Web)])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new NodeServer(Process.Start(start)!);
        server.Listen();
        await server.WaitAsync(said => said.Count > 0, StartLimit, ct);
        return server;
    }

    /// <summary>Waits until it has said what is wanted.</summary>
    public async Task WaitAsync(Func<IReadOnlyList<JsonObject>, bool> wanted, TimeSpan limit, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (!wanted(Said))
        {
            if (clock.Elapsed > limit || (_process.HasExited && clock.Elapsed > TimeSpan.FromSeconds(1)))
                throw new TimeoutException($"The server did not say what was waited for. It said {string.Join('\n', Said.Select(line => line.ToJsonString()))}\n{string.Join('\n', _errors)}");
            await Task.Delay(20, ct);
        }
    }

    /// <summary>Ends it at once.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) =>
        {
            // A library may have words of its own to say in between, such as a notice.
            if (line.Data is ['{', ..] said)
                _said.Enqueue(JsonNode.Parse(said)!.AsObject());
            else if (line.Data is { } text)
                _errors.Enqueue(text);
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                _errors.Enqueue(text);
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    // Once per checkout, also when several test programs come at the same time.
    private static async Task InstallAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "obj"));
        using var alone = await FileLock.TakeAsync(Path.Combine(Folder, "obj", "npm.lock"), TimeSpan.FromMinutes(5), ct);
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        var npm = await PLService.LocalPostgres.Commands.RunAsync(
            PLService.LocalPostgres.Commands.Find("npm") ?? "npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"], Folder, ct);
        Assert.True(npm.Succeeded, $"npm ci in {Folder}: {npm.Text}");
    }
}
