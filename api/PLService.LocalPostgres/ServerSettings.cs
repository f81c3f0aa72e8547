using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PLService.LocalPostgres;

/// <summary>How the private server is set up.</summary>
internal static class ServerSettings
{
    // A socket's path has to fit into sockaddr_un: 107 bytes on Linux, 103 on macOS.
    private const int LongestSocketPath = 103;

    public static IReadOnlyDictionary<string, string> For(PostgresOptions options, int port, string socketDirectory)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = HasSocket(socketDirectory) ? socketDirectory : "",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = "200",
            ["shared_buffers"] = "256MB",
            ["max_wal_size"] = "2GB",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["logging_collector"] = "off",
            ["log_line_prefix"] = "%m [%p] %q%u@%d ",
        };
        if (!options.Durable)
        {
            foreach (var name in new[] { "fsync", "synchronous_commit", "full_page_writes" })
                settings[name] = "off";
        }
        foreach (var (name, value) in options.Settings ?? new Dictionary<string, string>())
            settings[name] = value;
        return settings;
    }

    public static bool HasSocket(string directory) =>
        !OperatingSystem.IsWindows() && !directory.Contains(',') && directory.Length + "/.s.PGSQL.65535".Length <= LongestSocketPath;

    public static string Format(IEnumerable<KeyValuePair<string, string>> settings) =>
        string.Concat(settings.Select(s => $"{s.Key} = '{s.Value.Replace(@"\", @"\\").Replace("'", "''")}'\n"));

    /// <summary>UTF-8 that sorts by code point, the same on every machine and in every version.</summary>
    public static IEnumerable<string> Locale(int major) =>
        major >= 17 ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : OperatingSystem.IsLinux() ? ["--locale=C.UTF-8"]
        : ["--locale=C", "--locale-provider=icu", "--icu-locale=und"];

    /// <summary>
    /// A free port below those that systems give to outgoing connections: a client that keeps connecting to a stopped server's port
    /// from that range ends up connected to itself, and the server cannot come back.
    /// </summary>
    public static int FreePort()
    {
        for (var i = 0; i < 200; i++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (IsFree(port))
                return port;
        }
        throw new LocalPostgresException("No free TCP port was found on 127.0.0.1.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
