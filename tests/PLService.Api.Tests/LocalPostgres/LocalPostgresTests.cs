using Npgsql;
using PLService.LocalPostgres;

namespace PLService.Api.Tests.LocalPostgres;

/// <summary>Real servers in folders of their own; what PLSERVICE_DB says is not looked at.</summary>
public sealed class LocalPostgresTests : IDisposable
{
    // Not CreateTempSubdirectory: its folders are closed to other users, which is a case of its own.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"plservice-test-{Guid.NewGuid():N}");

    public LocalPostgresTests() => Directory.CreateDirectory(_folder);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Roles_keep_to_what_they_may_do()
    {
        await using var server = await StartAsync();
        var databases = new LocalDatabases(server.AdminConnectionString);
        // Several processes ensure the roles at once.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => databases.EnsureRolesAsync(Ct)));
        await databases.CreateAsync("o\"dd; name", ct: Ct);

        var app = databases.AppConnectionString("o\"dd; name");
        Assert.Equal("f f f", await AskAsync(app,
            "SELECT concat_ws(' ', rolsuper, rolbypassrls, rolinherit) FROM pg_roles WHERE rolname = current_user"));
        foreach (var role in new[] { "plservice_worker", "plservice_door" })
        {
            Assert.Equal(false, await AskAsync(app, $"SELECT pg_has_role('{role}', 'USAGE')"));
            Assert.Equal(role, await AskAsync(app, $"SET ROLE {role}; SELECT current_user::text"));
        }

        var refused = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(app, "CREATE SCHEMA stolen"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);

        var owner = databases.OwnerConnectionString("o\"dd; name");
        Assert.Equal("off", await AskAsync(owner, "SHOW citus.enable_local_reference_table_foreign_keys"));
        await AskAsync(owner, "CREATE SCHEMA pls; SELECT 1");
        Assert.Equal("f f", await AskAsync(owner,
            "SELECT concat_ws(' ', rolsuper, rolbypassrls) FROM pg_roles WHERE rolname = current_user"));
        Assert.Equal("UTF8 UTC", await AskAsync(owner,
            "SELECT current_setting('server_encoding') || ' ' || current_setting('timezone')"));
    }

    [Fact]
    public async Task A_database_is_cloned_from_a_template_and_dropped_while_in_use()
    {
        await using var server = await StartAsync();
        var databases = new LocalDatabases(server.AdminConnectionString);
        await databases.EnsureRolesAsync(Ct);
        Assert.True(await databases.EnsureAsync("template", Ct));
        Assert.False(await databases.EnsureAsync("template", Ct));
        await AskAsync(databases.OwnerConnectionString("template"), "CREATE TABLE t AS SELECT 42 AS answer; SELECT 1");

        await databases.CreateAsync("clone", "template", Ct);
        Assert.Equal(42, await AskAsync(databases.OwnerConnectionString("clone"), "SELECT answer FROM t"));
        Assert.Equal(1, await AskAsync(databases.AppConnectionString("clone"), "SELECT 1"));

        await using var user = new NpgsqlConnection(databases.OwnerConnectionString("clone") + ";Pooling=false");
        await user.OpenAsync(Ct);
        await databases.DropAsync("clone", Ct);
        await databases.DropAsync("clone", Ct);
        Assert.False(await databases.ExistsAsync("clone", Ct));
    }

    [Fact]
    public async Task A_second_start_finds_data_and_port_again_and_a_third_takes_another_port_when_that_is_taken()
    {
        int port;
        await using (var first = await StartAsync())
        {
            port = first.Port;
            await AskAsync(first.AdminConnectionString, "CREATE TABLE kept AS SELECT 7 AS n; SELECT 1");
        }
        await using (var second = await StartAsync())
        {
            Assert.Equal(port, second.Port);
            Assert.Equal(7, await AskAsync(second.AdminConnectionString, "SELECT n FROM kept"));
        }
        using var taker = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        taker.Start();
        // The admin's password is lost as well; whoever can start the data directory can have a new one.
        File.Delete(Path.Combine(_folder, "data.json"));
        await using var third = await StartAsync();
        Assert.NotEqual(port, third.Port);
        Assert.Equal(7, await AskAsync(third.AdminConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_what_was_committed_even_if_its_process_id_is_another_programs_now()
    {
        await using var server = await StartAsync(durable: true);
        var (port, killed) = (server.Port, server.PostmasterPid!.Value);
        await AskAsync(server.AdminConnectionString, "CREATE TABLE kept AS SELECT 7 AS n; SELECT 1");
        await server.KillAsync();
        Assert.Null(server.PostmasterPid);
        Assert.False(Processes.IsAlive(killed));

        var pidFile = Path.Combine(server.DataDirectory!, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile, Ct);
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(pidFile, lines, Ct);
        await server.RestartAsync(Ct);

        Assert.Equal(port, server.Port);
        Assert.NotEqual(killed, server.PostmasterPid);
        Assert.Equal(7, await AskAsync(server.AdminConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Two_starts_at_once_share_one_server_and_only_its_owner_stops_it()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());
        var owner = Assert.Single(both, s => s.IsOwner);
        var guest = Assert.Single(both, s => !s.IsOwner);
        Assert.Equal(owner.PostmasterPid, guest.PostmasterPid);

        await guest.DisposeAsync();
        Assert.Equal(1, await AskAsync(owner.AdminConnectionString, "SELECT 1"));
        await Assert.ThrowsAsync<InvalidOperationException>(guest.KillAsync);
        var postmaster = owner.PostmasterPid!.Value;
        await owner.DisposeAsync();
        Assert.False(Processes.IsAlive(postmaster));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "thesis.txt"), "years of work", Ct);

        var refused = await Assert.ThrowsAsync<LocalPostgresException>(() => StartAsync());

        Assert.Contains("give another data directory", refused.Message, StringComparison.Ordinal);
        Assert.Equal("years of work", await File.ReadAllTextAsync(Path.Combine(data, "thesis.txt"), Ct));
    }

    [Theory]
    [InlineData("postgres://me:s%40crt@db.example:6543/main?sslmode=verify-full&application_name=x")]
    [InlineData("Host=db.example;Port=6543;Username=me;Password=s@crt;Database=main;SSL Mode=VerifyFull;Application Name=x")]
    public void Both_forms_of_an_admin_connection_string_are_read(string text)
    {
        var read = AdminConnection.Parse(text);
        Assert.Equal(("db.example", 6543, "me", "s@crt", "main", SslMode.VerifyFull, "x"),
            (read.Host, read.Port, read.Username, read.Password, read.Database, read.SslMode, read.ApplicationName));
    }

    [Fact]
    public void An_admin_connection_string_that_is_neither_is_refused_without_repeating_it()
    {
        var refused = Assert.Throws<LocalPostgresException>(() => AdminConnection.Parse("mysql://me:secret@host"));
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    private Task<PostgresServer> StartAsync(bool durable = false) => PostgresServer.StartAsync(
        new PostgresOptions { DataDirectory = Path.Combine(_folder, "data"), Durable = durable, HeedEnvironment = false }, Ct);

    private static async Task<object?> AskAsync(string connectionString, string sql) =>
        await AdminConnection.AskAsync(connectionString, sql, Ct);
}
