using System.Diagnostics;

namespace PLService.LocalPostgres;

/// <summary>
/// Stops the server when this process dies, by kill -9 too. It reads a pipe whose other end only this process holds: the kernel closes
/// that end at our death, so there is nothing to poll and no process id that could be re-used. (prctl's parent-death signal is no way:
/// changing the user clears it.)
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const string Name = "plservice-watchdog";

    // Tries for a while: we may have died while the server was just starting. The command line is compared, because
    // postmaster.pid may be stale and its id be another program's by now.
    private const string Script = """
        trap '' INT TERM HUP
        exec >/dev/null 2>&1
        read -r word && exit 0
        tries=0
        sent=0
        while [ $tries -lt 600 ]; do
          pid=$(head -n 1 "$1/postmaster.pid")
          if [ -n "$pid" ] && { tr '\0' ' ' <"/proc/$pid/cmdline" || ps -p "$pid" -o command=; } | grep -qF -- "-D $1"; then
            if [ $sent = 0 ]; then kill -INT "$pid"; sent=1; fi
            if [ $tries -gt 300 ]; then kill -QUIT "$pid"; fi
          elif [ $sent = 1 ] || [ $tries -gt 50 ]; then
            exit 0
          fi
          tries=$((tries + 1))
          sleep 0.1
        done
        """;

    private readonly Process _process;

    private Watchdog(Process process) => _process = process;

    public int Pid => _process.Id;

    /// <summary>Null on Windows, which has no shell to do it.</summary>
    public static Watchdog? Start(string dataDirectory)
    {
        if (OperatingSystem.IsWindows())
            return null;
        // A session of its own, so that killing our whole process group spares it.
        string[] session = Commands.Find("setsid") is { } setsid ? [setsid] : [];
        string[] words = [.. session, "sh", "-c", Script, Name, dataDirectory];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, WorkingDirectory = "/" };
        return new Watchdog(Process.Start(start)!);
    }

    /// <summary>Ends the watchdog of an owner that died, before it stops the server that we are about to use.</summary>
    public static async Task EndLeftoverAsync(int? pid, CancellationToken ct)
    {
        if (pid is not { } left || !(await Processes.CommandLineAsync(left, ct)).Contains(Name, StringComparison.Ordinal))
            return;
        Processes.Signal(left, Processes.SigKill);
        await Processes.GoneAsync([left], TimeSpan.FromSeconds(5), ct);
    }

    /// <summary>Tells it that all is well.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.WriteLine("done");
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Somebody killed it; there is nobody left to tell.
        }
        _process.WaitForExit();
        _process.Dispose();
    }
}
