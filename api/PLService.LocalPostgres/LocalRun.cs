using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PLService.LocalPostgres;

/// <summary>Runs a command beside a private server, or the server alone until Ctrl-C.</summary>
internal sealed class LocalRun : IDisposable
{
    private const string AppVariable = "ConnectionStrings__PLService";
    private const string OwnerVariable = "ConnectionStrings__Owner";
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _received;
    private volatile Process? _child;

    private LocalRun()
    {
        foreach (var (signal, number) in new[]
        {
            (PosixSignal.SIGINT, Processes.SigInt), (PosixSignal.SIGTERM, Processes.SigTerm), (PosixSignal.SIGHUP, 1),
        })
            _signals.Add(PosixSignalRegistration.Create(signal, context => OnSignal(context, number)));
    }

    /// <summary>The child's exit code; 128 + the signal when one came before there was a child.</summary>
    public static async Task<int> RunAsync(LocalRunArguments arguments)
    {
        using var run = new LocalRun();
        try
        {
            return await run.RunWithServerAsync(arguments);
        }
        catch (OperationCanceledException) when (run._stop.IsCancellationRequested)
        {
            return 128 + run._received;
        }
    }

    public void Dispose()
    {
        _signals.ForEach(s => s.Dispose());
        _stop.Dispose();
    }

    private async Task<int> RunWithServerAsync(LocalRunArguments arguments)
    {
        var options = new PostgresOptions { DataDirectory = arguments.Data, Durable = true, Report = Console.Error.WriteLine };
        await using var server = await PostgresServer.StartAsync(options, _stop.Token);
        var databases = new LocalDatabases(server.AdminConnectionString);
        await databases.EnsureRolesAsync(_stop.Token);
        await databases.EnsureAsync(arguments.Database, _stop.Token);
        var variables = new Dictionary<string, string>
        {
            [AppVariable] = databases.AppConnectionString(arguments.Database),
            [OwnerVariable] = databases.OwnerConnectionString(arguments.Database),
        };
        if (arguments.Command.Count > 0)
            return await RunChildAsync(arguments.Command, variables);
        foreach (var (name, value) in variables)
            Console.WriteLine($"export {name}='{value.Replace("'", @"'\''")}'");
        await Task.Delay(Timeout.Infinite, _stop.Token);
        return 0;
    }

    private async Task<int> RunChildAsync(IReadOnlyList<string> command, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _stop.Token.ThrowIfCancellationRequested();
        try
        {
            using var child = Process.Start(start)!;
            _child = child;
            // A signal that came while the child was being started was for it as well.
            if (_stop.IsCancellationRequested)
                Processes.Signal(child.Id, _received);
            await child.WaitForExitAsync(CancellationToken.None);
            _child = null;
            return child.ExitCode;
        }
        catch (Win32Exception failure)
        {
            await Console.Error.WriteLineAsync($"{command[0]}: {failure.Message}");
            return 127;
        }
    }

    // With a child, the child decides what a signal means; we end when it does.
    private void OnSignal(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        _received = number;
        _stop.Cancel();
        if (_child is { } child)
            Processes.Signal(child.Id, number);
    }
}
