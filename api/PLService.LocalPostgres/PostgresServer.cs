using Npgsql;

namespace PLService.LocalPostgres;

/// <summary>
/// A real PostgreSQL for `make run`, tests and bench: that of PLSERVICE_DB, or a private one on 127.0.0.1 which this process starts and
/// stops, or shares when another living process started it for the same data directory.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly PostgresOptions _options;
    private readonly string _wanted;
    private IDisposable? _ownership;
    private Watchdog? _watchdog;
    private Cluster? _cluster;

    private PostgresServer(PostgresOptions options)
    {
        _options = options;
        _wanted = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataDirectory));
    }

    /// <summary>A superuser's connection string (or what PLSERVICE_DB names), to the database postgres.</summary>
    public string AdminConnectionString { get; private set; } = "";

    /// <summary>The host that clients connect to.</summary>
    public string Host => new NpgsqlConnectionStringBuilder(AdminConnectionString).Host!;

    /// <summary>The TCP port that clients connect to.</summary>
    public int Port => new NpgsqlConnectionStringBuilder(AdminConnectionString).Port;

    /// <summary>Where the data really lies; null for the server of PLSERVICE_DB.</summary>
    public string? DataDirectory => _cluster?.DataDirectory;

    /// <summary>The process to kill for what only a crash shows; null for the server of PLSERVICE_DB and while stopped.</summary>
    public int? PostmasterPid { get; private set; }

    /// <summary>True when this object stops the server at the end; false when it belongs to another process or to PLSERVICE_DB.</summary>
    public bool IsOwner => _ownership is not null;

    /// <summary>Starts the server or finds it running. The first start on a machine installs it, which takes some seconds.</summary>
    /// <exception cref="LocalPostgresException">There is none to be had; the message says what was tried.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new PostgresServer(options);
        try
        {
            if (options.HeedEnvironment && Environment.GetEnvironmentVariable(AdminConnection.Variable) is { Length: > 0 } given)
                await server.UseAsync(AdminConnection.Parse(given), ct);
            else
                await server.FindOrStartAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server at once, transactions in progress rolled back; does nothing when another process owns it.</summary>
    public async Task StopAsync()
    {
        if (!IsOwner)
            return;
        using var alone = await LockAsync(CancellationToken.None);
        await StopUnderLockAsync();
    }

    /// <summary>Kills the server as a crash would (kill -9 of the postmaster) and returns when none of its processes is left.</summary>
    /// <exception cref="InvalidOperationException">The server is not ours to kill, or does not run.</exception>
    public async Task KillAsync()
    {
        var postmaster = PostmasterPid is { } pid && IsOwner ? pid : throw NotOurs();
        var children = await Processes.ChildrenAsync(postmaster, CancellationToken.None);
        Processes.Signal(postmaster, Processes.SigKill);
        // Children notice by themselves; one that is deep in a query may not for long.
        if (!await Processes.GoneAsync([postmaster, .. children], TimeSpan.FromSeconds(5), CancellationToken.None))
        {
            foreach (var child in children)
                Processes.Signal(child, Processes.SigKill);
            await Processes.GoneAsync([postmaster, .. children], TimeSpan.FromSeconds(10), CancellationToken.None);
        }
        PostmasterPid = null;
    }

    /// <summary>Stops the server if it runs and starts it on the same port; after a crash it recovers.</summary>
    /// <exception cref="InvalidOperationException">The server is not ours.</exception>
    public async Task RestartAsync(CancellationToken ct = default)
    {
        if (!IsOwner)
            throw NotOurs();
        using var alone = await LockAsync(ct);
        await StopUnderLockAsync();
        await LaunchAsync(await ServerState.LoadAsync(StateFile, ct), Port, ct);
    }

    /// <summary>Stops the server if this process owns it; the data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsOwner)
            return;
        // All under the lock: who waits for it must find either a server with an owner or neither.
        using var alone = await LockAsync(CancellationToken.None);
        await StopUnderLockAsync();
        _watchdog?.Dispose();
        _watchdog = null;
        _ownership?.Dispose();
        _ownership = null;
    }

    private string StateFile => _wanted + ".json";

    private Task<IDisposable> LockAsync(CancellationToken ct) => FileLock.TakeAsync(_wanted + ".lock", StartLimit, ct);

    private async Task UseAsync(NpgsqlConnectionStringBuilder admin, CancellationToken ct)
    {
        await AdminConnection.CheckAsync(admin, ct);
        AdminConnectionString = admin.ConnectionString;
    }

    private async Task FindOrStartAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_wanted)!);
        using var alone = await LockAsync(ct);
        var state = await ServerState.LoadAsync(StateFile, ct);
        var user = await ServerUser.ForAsync(state.DataDirectory ?? _wanted, ct);
        var data = await CommonPlace.DataAsync(_wanted, state.DataDirectory, user, Report, ct);
        var binaries = await BinariesFinder.FindAsync(user, Cluster.MajorOf(data), Report, ct);
        _cluster = new Cluster(data, binaries, user);
        _ownership = FileLock.TryTake(_wanted + ".owner");
        if (IsOwner)
        {
            await Watchdog.EndLeftoverAsync(state.Watchdog, ct);
            _watchdog = _options.StopWithParent ? Watchdog.Start(data) : null;
            state = await PrepareAsync(state with { DataDirectory = data, Watchdog = _watchdog?.Pid }, ct);
        }
        if (await RunningServer.FindAsync(_cluster, state.Password, ct) is { } running)
            (PostmasterPid, AdminConnectionString) = running;
        else if (IsOwner)
            await LaunchAsync(state, _options.Port, ct);
        else
            throw new LocalPostgresException($"Another process owns {_wanted}, but its server does not run; end it and try again.");
    }

    // Data and a password that opens it.
    private async Task<ServerState> PrepareAsync(ServerState state, CancellationToken ct)
    {
        var isNew = Cluster.MajorOf(_cluster!.DataDirectory) is null;
        var known = state.Password is not null;
        state = state with { Password = state.Password ?? ServerState.NewPassword() };
        await state.SaveAsync(StateFile);
        if (isNew)
            await _cluster.InitializeAsync(state.Password!, _options.Durable, ct);
        else if (!known && await _cluster.PostmasterAsync(ct) is null)
        {
            _cluster.ForgetStalePostmaster();
            await _cluster.ResetPasswordAsync(state.Password!, ct);
        }
        return state;
    }

    private async Task LaunchAsync(ServerState state, int? fixedPort, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            ct.ThrowIfCancellationRequested();
            var remembered = attempt == 1 && state.Port is { } last && ServerSettings.IsFree(last) ? last : (int?)null;
            var port = fixedPort ?? remembered ?? ServerSettings.FreePort();
            var started = await StartOnAsync(port, ct);
            if (started.Succeeded && await _cluster!.PostmasterAsync(ct) is { } postmaster)
            {
                (PostmasterPid, AdminConnectionString) = (postmaster, AdminConnection.ForLocal(port, state.Password!).ConnectionString);
                await (state with { Port = port }).SaveAsync(StateFile);
                ct.ThrowIfCancellationRequested();
                return;
            }
            await StopUnderLockAsync();
            if (attempt == 5)
                throw new LocalPostgresException($"PostgreSQL did not start on port {port}: {started.Text}\n{_cluster!.LogTail()}");
            // Two reasons go: a port that was taken since it was looked at, and processes of a killed server that still use its memory.
            await Task.Delay(300 * attempt, ct);
            await _cluster!.EndOrphansAsync(ct);
        }
    }

    private async Task<CommandResult> StartOnAsync(int port, CancellationToken ct)
    {
        _cluster!.ForgetStalePostmaster();
        var settings = ServerSettings.For(_options, port, _cluster.SocketDirectory);
        if (settings["unix_socket_directories"] == _cluster.SocketDirectory)
            _cluster.MakeSocketDirectory();
        await _cluster.ConfigureAsync(settings, ct);
        return await _cluster.TryStartAsync();
    }

    private async Task StopUnderLockAsync()
    {
        // Asked of the file, not remembered: a start that was interrupted may have left one.
        if (_cluster is not null && await _cluster.PostmasterAsync(CancellationToken.None) is { } postmaster)
            await _cluster.StopAsync(postmaster, CancellationToken.None);
        PostmasterPid = null;
    }

    private void Report(string sentence) => _options.Report?.Invoke(sentence);

    private static InvalidOperationException NotOurs() => new("This server does not run or was not started by this process.");
}
