using System.Globalization;

namespace PLService.LocalPostgres;

/// <summary>One data directory and the programs that serve it.</summary>
internal sealed class Cluster(string dataDirectory, Binaries binaries, ServerUser user)
{
    public string DataDirectory => dataDirectory;

    public string LogFile => dataDirectory + ".log";

    public string SocketDirectory => dataDirectory + ".sock";

    private string PidFile => Path.Combine(dataDirectory, "postmaster.pid");

    /// <summary>The major version that made the data; null when there is none yet.</summary>
    /// <exception cref="LocalPostgresException">Something else lies there.</exception>
    public static int? MajorOf(string dataDirectory)
    {
        var version = Path.Combine(dataDirectory, "PG_VERSION");
        if (File.Exists(version))
            return int.Parse(File.ReadAllText(version), CultureInfo.InvariantCulture);
        if (Directory.Exists(dataDirectory) && Directory.EnumerateFileSystemEntries(dataDirectory).Any())
            throw new LocalPostgresException($"{dataDirectory} is not empty and holds no PostgreSQL data; give another data directory.");
        return null;
    }

    /// <summary>Makes the data in a folder beside its place and moves it there complete, so that a kill leaves no half of it.</summary>
    public async Task InitializeAsync(string password, bool durable, CancellationToken ct)
    {
        var parent = Path.GetDirectoryName(dataDirectory)!;
        foreach (var half in Directory.GetDirectories(parent, Path.GetFileName(dataDirectory) + ".init-*"))
            Directory.Delete(half, recursive: true);
        var folder = $"{dataDirectory}.init-{Guid.NewGuid():N}";
        user.Make(folder, folder: true);
        try
        {
            await MakeDataAsync(folder, password, durable, ct);
            if (Directory.Exists(dataDirectory))
                Directory.Delete(dataDirectory);
            Directory.Move(Path.Combine(folder, "data"), dataDirectory);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Sets the admin's password without knowing the old one; the server must not run.</summary>
    public async Task ResetPasswordAsync(string password, CancellationToken ct)
    {
        var set = await user.RunAsync(binaries.Program("postgres"), ["--single", "-D", dataDirectory, "postgres"], ct,
            $"ALTER USER postgres PASSWORD '{password}';\n");
        if (!set.Succeeded)
            throw new LocalPostgresException($"The admin password of {dataDirectory} could not be set: {set.Text}");
    }

    public Task ConfigureAsync(IEnumerable<KeyValuePair<string, string>> settings, CancellationToken ct) =>
        user.WriteAsync(Path.Combine(dataDirectory, "plservice.conf"), ServerSettings.Format(settings), append: false, ct);

    /// <summary>Starts the server and waits until it answers. Not cancelled half-way: that would leave a server nobody knows.</summary>
    public async Task<CommandResult> TryStartAsync()
    {
        if (File.Exists(LogFile) && new FileInfo(LogFile).Length > 16 << 20)
            File.Delete(LogFile);
        user.Make(LogFile, folder: false);
        return await user.RunAsync(binaries.Program("pg_ctl"),
            ["start", "-s", "-w", "-t", "120", "-D", dataDirectory, "-l", LogFile], CancellationToken.None);
    }

    public void MakeSocketDirectory() => user.Make(SocketDirectory, folder: true);

    /// <summary>The process that serves this directory; null when there is none, whatever a stale postmaster.pid says.</summary>
    public async Task<int?> PostmasterAsync(CancellationToken ct)
    {
        if (NotedPid() is not { } pid || !Processes.IsAlive(pid))
            return null;
        var isOurs = OperatingSystem.IsWindows()
            || (await Processes.CommandLineAsync(pid, ct) + " ").Contains($"-D {dataDirectory} ", StringComparison.Ordinal);
        return isOurs ? pid : null;
    }

    /// <summary>The port in the fourth line of postmaster.pid.</summary>
    public int? RunningPort() => NotedNumber(3);

    /// <summary>
    /// PostgreSQL would not start while the id in a stale file belongs to another process of its user, a zombie included. Else the file
    /// stays: by it PostgreSQL finds out whether children of the dead server still use its memory.
    /// </summary>
    public void ForgetStalePostmaster()
    {
        if (NotedPid() is { } pid && Processes.Exists(pid))
            File.Delete(PidFile);
    }

    /// <summary>Ends children of a dead server: one deep in a query may not notice for long, and no new server starts until then.</summary>
    public async Task EndOrphansAsync(CancellationToken ct)
    {
        var orphans = new List<int>();
        foreach (var pid in Processes.InDirectory(dataDirectory))
        {
            if ((await Processes.CommandLineAsync(pid, ct)).StartsWith("postgres:", StringComparison.Ordinal))
                orphans.Add(pid);
        }
        orphans.ForEach(pid => Processes.Signal(pid, Processes.SigKill));
        await Processes.GoneAsync(orphans, TimeSpan.FromSeconds(5), ct);
    }

    /// <summary>Fast shutdown; a server that does not manage it in a minute is killed.</summary>
    public async Task StopAsync(int postmaster, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            await user.RunAsync(binaries.Program("pg_ctl"), ["stop", "-s", "-w", "-m", "fast", "-D", dataDirectory], ct);
            return;
        }
        foreach (var signal in new[] { Processes.SigInt, Processes.SigQuit, Processes.SigKill })
        {
            Processes.Signal(postmaster, signal);
            if (await Processes.GoneAsync([postmaster], TimeSpan.FromSeconds(signal == Processes.SigInt ? 60 : 10), ct))
                return;
        }
        throw new LocalPostgresException($"The PostgreSQL process {postmaster} does not end; see {LogFile}.");
    }

    // Null too while the file is just coming or going.
    private int? NotedNumber(int line)
    {
        try
        {
            var text = File.ReadLines(PidFile).ElementAtOrDefault(line);
            return int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private int? NotedPid() => NotedNumber(0);

    public string LogTail() => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(20)) : "(there is no log)";

    private async Task MakeDataAsync(string folder, string password, bool durable, CancellationToken ct)
    {
        var passwordFile = Path.Combine(folder, "password");
        var data = Path.Combine(folder, "data");
        await user.WriteAsync(passwordFile, password, append: false, ct);
        List<string> arguments = ["-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8"];
        arguments.AddRange(ServerSettings.Locale(binaries.Major));
        if (!durable)
            arguments.Add("--no-sync");
        var made = await user.RunAsync(binaries.Program("initdb"), arguments, ct);
        if (!made.Succeeded)
            throw new LocalPostgresException($"{binaries.Program("initdb")} failed: {made.Text}");
        await user.WriteAsync(Path.Combine(data, "postgresql.conf"), "\ninclude 'plservice.conf'\n", append: true, ct);
        await user.WriteAsync(Path.Combine(data, "plservice.conf"), "", append: false, ct);
    }
}
