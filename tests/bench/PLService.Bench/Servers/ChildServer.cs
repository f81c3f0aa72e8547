using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PLService.Bench.Load;

namespace PLService.Bench.Servers;

/// <summary>A server in a process of its own on a free loopback port, its output in a file; stopped by its id.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly FileStream _log;
    private readonly Task _copying;

    private ChildServer(Process process, int port, string logFile)
    {
        (_process, Port, LogFile) = (process, port, logFile);
        _log = new FileStream(logFile, FileMode.Create, FileAccess.Write, FileShare.Read);
        // Whatever ends this process by the usual ways ends the child too.
        AppDomain.CurrentDomain.ProcessExit += Kill;
        _copying = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(_log), DrainAsync());
    }

    public int Port { get; }

    /// <summary>Where its standard output goes.</summary>
    public string LogFile { get; }

    /// <summary>From starting the process to its first good answer.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>What it wrote to standard error, for when it does not start.</summary>
    private string Errors { get; set; } = "";

    /// <summary>How a program is started: a library by <c>dotnet</c>, a self-contained one by itself.</summary>
    public static ProcessStartInfo StartOf(string program, IEnumerable<string> arguments) =>
        program.EndsWith(".dll", StringComparison.Ordinal) ? new("dotnet", [program, .. arguments]) : new(program, arguments);

    /// <summary>Starts <c>PROGRAM ARGUMENTS</c> and waits until <paramref name="readyPath"/> answers 200.</summary>
    public static async Task<ChildServer> StartAsync(
        string program, IEnumerable<string> arguments, int port, IReadOnlyDictionary<string, string> environment, string readyPath,
        string logFile, CancellationToken ct)
    {
        var start = StartOf(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Path.GetDirectoryName(program));
        // What this process was started with says nothing about the server: production has none of it.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var server = new ChildServer(Process.Start(start)!, port, logFile);
        try
        {
            await server.WaitAsync(Request.Get(readyPath), clock, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Resident memory now and its highest so far, in MB; null where there is no /proc.</summary>
    public (double Now, double Highest)? Memory()
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status");
        if (!File.Exists(file))
            return null;
        var lines = File.ReadAllLines(file);
        return (Of("VmRSS:"), Of("VmHWM:"));

        double Of(string name)
        {
            var line = lines.First(line => line.StartsWith(name, StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Kill(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        await _copying;
        await _log.DisposeAsync();
        _process.Dispose();
    }

    private async Task WaitAsync(byte[] request, Stopwatch clock, CancellationToken ct)
    {
        await using var connection = new HttpConnection(Port);
        while (true)
        {
            if (_process.HasExited)
                throw new BenchException($"A server ended with {_process.ExitCode} before it was ready: {Errors} See {LogFile}.");
            if (clock.Elapsed > StartLimit)
                throw new BenchException($"A server was not ready after {StartLimit.TotalSeconds} s; its log: {LogFile}");
            try
            {
                if ((await connection.SendAsync(request, keepBody: false, ct)).Status == 200)
                    break;
            }
            catch (IOException)
            {
                // It does not listen yet.
            }

            await Task.Delay(10, ct);
        }

        ReadyAfter = clock.Elapsed;
    }

    private async Task DrainAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            Errors += line + "\n";
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
            _process.Kill();
    }
}
