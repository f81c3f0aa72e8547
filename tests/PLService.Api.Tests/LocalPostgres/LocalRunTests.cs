using System.Diagnostics;
using System.Globalization;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.LocalPostgres;

/// <summary>plservice-local as a process: what it gives its child, and that nothing outlives it.</summary>
public sealed class LocalRunTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"plservice-test-{Guid.NewGuid():N}");

    public LocalRunTests() => Directory.CreateDirectory(_folder);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_child_gets_both_connection_strings_and_decides_the_exit_code()
    {
        using var run = Start(AppContext.BaseDirectory, Data, [],
            "sh", "-c", "echo \"$ConnectionStrings__PLService\"; echo \"$ConnectionStrings__Owner\"; exit 7");
        var lines = (await run.StandardOutput.ReadToEndAsync(Ct)).Split('\n');
        await run.WaitForExitAsync(Ct);

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("Username=plservice_app", lines[0], StringComparison.Ordinal);
        Assert.Contains("Username=plservice_owner", lines[1], StringComparison.Ordinal);
        await AssertNothingRunsAsync(Data);
    }

    [Fact]
    public async Task A_signal_reaches_the_child_and_the_server_stops_after_it()
    {
        using var run = Start(AppContext.BaseDirectory, Data, [],
            "sh", "-c", "trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        Assert.Equal("ready", await run.StandardOutput.ReadLineAsync(Ct));
        Processes.Signal(run.Id, Processes.SigTerm);

        Assert.Equal("caught", await run.StandardOutput.ReadLineAsync(Ct));
        await run.WaitForExitAsync(Ct);
        Assert.Equal(5, run.ExitCode);
        await AssertNothingRunsAsync(Data);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(1100)]
    public async Task Interrupted_while_starting_it_leaves_nothing_and_the_next_start_works(int milliseconds)
    {
        using (var interrupted = Start(AppContext.BaseDirectory, Data, [], "sleep", "60"))
        {
            await Task.Delay(milliseconds, Ct);
            Processes.Signal(interrupted.Id, Processes.SigInt);
            await interrupted.WaitForExitAsync(Ct);
            await AssertNothingRunsAsync(Data);
        }
        using var next = Start(AppContext.BaseDirectory, Data, [], "true");
        await next.WaitForExitAsync(Ct);
        Assert.Equal(0, next.ExitCode);
    }

    [Fact]
    public async Task Killed_with_kill_9_it_takes_the_server_with_it_and_a_server_left_alone_is_adopted()
    {
        int left;
        using (var killed = Start(AppContext.BaseDirectory, Data, [], "sh", "-c", "echo ready; read -r word"))
        {
            Assert.Equal("ready", await killed.StandardOutput.ReadLineAsync(Ct));
            var postmaster = await PostmasterAsync(Data);
            var children = await Processes.ChildrenAsync(killed.Id, Ct);
            foreach (var pid in children.Append(killed.Id))
                Processes.Signal(pid, Processes.SigKill);
            // The watchdog was among the children, so the server is left alone: the worst case.
            Assert.True(Processes.IsAlive(postmaster));
            left = postmaster;
        }
        using (var adopter = Start(AppContext.BaseDirectory, Data, [], "sh", "-c", "echo ready; read -r word"))
        {
            Assert.Equal("ready", await adopter.StandardOutput.ReadLineAsync(Ct));
            var postmaster = await PostmasterAsync(Data);
            Assert.Equal(left, postmaster);
            Processes.Signal(adopter.Id, Processes.SigKill);
            Assert.True(await Processes.GoneAsync([postmaster], TimeSpan.FromSeconds(10), Ct));
        }
    }

    [Fact]
    public async Task The_server_of_PLSERVICE_DB_is_used_and_left_running()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { DataDirectory = Data, HeedEnvironment = false }, Ct);
        var admin = new Npgsql.NpgsqlConnectionStringBuilder(server.AdminConnectionString);
        var url = $"postgres://{admin.Username}:{admin.Password}@127.0.0.1:{server.Port}/postgres";
        var unused = Path.Combine(_folder, "unused");

        using var run = Start(AppContext.BaseDirectory, unused, new() { ["PLSERVICE_DB"] = url },
            "sh", "-c", "echo \"$ConnectionStrings__PLService\"");
        var app = await run.StandardOutput.ReadToEndAsync(Ct);
        await run.WaitForExitAsync(Ct);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("plservice", await AdminConnection.AskAsync(app, "SELECT current_database()::text", Ct));
        Assert.False(Path.Exists(unused + ".json"));
    }

    /// <summary>As root the server runs as a user who cannot enter the checkout; for anybody else this is the plain case.</summary>
    [Fact]
    public async Task A_checkout_that_other_users_cannot_enter_works_and_finds_its_data_again()
    {
        var checkout = Directory.CreateTempSubdirectory("plservice-closed-").FullName;
        var (output, data) = (Path.Combine(checkout, "bin"), Path.Combine(checkout, ".local", "postgres"));
        var api = Path.Combine(checkout, "api", "PLService.LocalPostgres");
        Copy(AppContext.BaseDirectory, output);
        Copy(Path.Combine(AppContext.BaseDirectory, "local-postgres"), api);

        var first = await CountAsync(output, data);
        var second = await CountAsync(output, data);

        var place = (await ServerState.LoadAsync(data + ".json", Ct)).DataDirectory!;
        Assert.Equal(Environment.IsPrivilegedProcess, !place.StartsWith(checkout, StringComparison.Ordinal));
        Assert.Equal((1L, 2L), (first, second));
        await AssertNothingRunsAsync(place);
        if (place != data)
            Directory.Delete(Path.GetDirectoryName(place)!, recursive: true);
        Directory.Delete(checkout, recursive: true);
    }

    // How often this was asked of the same data before, and once more.
    private static async Task<long> CountAsync(string output, string data)
    {
        using var run = Start(output, data, [], "sh", "-c", "echo \"$ConnectionStrings__Owner\"; read -r word");
        var owner = await run.StandardOutput.ReadLineAsync(Ct)
            ?? throw new InvalidOperationException(await run.StandardError.ReadToEndAsync(Ct));
        var count = (long)(await AdminConnection.AskAsync(owner,
            "CREATE TABLE IF NOT EXISTS asked (at timestamptz); INSERT INTO asked VALUES (now()); SELECT count(*) FROM asked", Ct))!;
        run.StandardInput.Close();
        await run.WaitForExitAsync(Ct);
        return count;
    }

    private static Process Start(string output, string data, Dictionary<string, string> variables, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(output, "plservice-local.dll"), "--data", data, "--", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("PLSERVICE_DB");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<int> PostmasterAsync(string data) =>
        int.Parse((await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid"), Ct))[0], CultureInfo.InvariantCulture);

    private static async Task AssertNothingRunsAsync(string data)
    {
        foreach (var pid in Process.GetProcesses().Select(p => p.Id).Where(Processes.IsAlive))
            Assert.DoesNotContain(data, await Processes.CommandLineAsync(pid, Ct), StringComparison.Ordinal);
    }

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
