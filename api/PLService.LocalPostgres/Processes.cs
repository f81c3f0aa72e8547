using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PLService.LocalPostgres;

/// <summary>Looks at and signals processes that may not be our children.</summary>
internal static class Processes
{
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Signal(int pid, int signal)
    {
        if (!OperatingSystem.IsWindows())
            _ = kill(pid, signal);
        else if (IsAlive(pid))
            Process.GetProcessById(pid).Kill(entireProcessTree: true);
    }

    /// <summary>Gives a file or folder to another user; only root may.</summary>
    public static void GiveTo(string path, int uid, int gid)
    {
        if (lchown(path, uid, gid) != 0)
            throw new LocalPostgresException($"{path} could not be given to user {uid}: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>A zombie counts as gone: where nobody reaps orphans (a container without init) it would never leave.</summary>
    public static bool IsAlive(int pid)
    {
        if (OperatingSystem.IsLinux())
            return StatFields(pid) is [var state, ..] && state is not ("Z" or "X");
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>True for a zombie as well.</summary>
    public static bool Exists(int pid) => OperatingSystem.IsLinux() ? StatFields(pid) is not null : IsAlive(pid);

    /// <summary>The processes whose working directory this is, as far as we may see; none where there is no /proc.</summary>
    public static IEnumerable<int> InDirectory(string directory) => OperatingSystem.IsLinux()
        ? Pids().Where(pid => WorkingDirectory(pid) == directory) : [];

    /// <summary>The command line of a process, its words separated by spaces; empty when it is gone.</summary>
    public static async Task<string> CommandLineAsync(int pid, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return (await Commands.RunAsync("ps", ["-p", Text(pid), "-o", "command="], "/", ct)).Output.Trim();
        try
        {
            return (await File.ReadAllTextAsync($"/proc/{Text(pid)}/cmdline", ct)).Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    public static async Task<IReadOnlyList<int>> ChildrenAsync(int parent, CancellationToken ct)
    {
        if (OperatingSystem.IsLinux())
            return [.. Pids().Where(pid => StatFields(pid) is [_, var ppid, ..] && ppid == Text(parent))];
        var list = await Commands.RunAsync("ps", ["-A", "-o", "pid=,ppid="], "/", ct);
        return [.. list.Output.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(l => l.Length == 2 && l[1] == Text(parent)).Select(l => int.Parse(l[0], CultureInfo.InvariantCulture))];
    }

    /// <summary>Waits until none of the processes is left; false when the time ran out first.</summary>
    public static async Task<bool> GoneAsync(IReadOnlyCollection<int> pids, TimeSpan limit, CancellationToken ct)
    {
        for (var clock = Stopwatch.StartNew(); pids.Any(IsAlive); await Task.Delay(10, ct))
        {
            if (clock.Elapsed > limit)
                return false;
        }
        return true;
    }

    private static IEnumerable<int> Pids() => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(p => p > 0);

    private static string? WorkingDirectory(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{Text(pid)}/cwd").LinkTarget;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // State, parent, ...: what follows the program's name, which may itself hold spaces and parentheses.
    private static string[]? StatFields(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{Text(pid)}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = true)]
    private static extern int lchown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int uid, int gid);
}
