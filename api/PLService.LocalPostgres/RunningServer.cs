using System.Diagnostics;
using Npgsql;

namespace PLService.LocalPostgres;

/// <summary>Finds the server that already serves a data directory.</summary>
internal static class RunningServer
{
    private const string CannotConnectNow = "57P03";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits while it starts or stops; null when there is none (any more).</summary>
    /// <exception cref="LocalPostgresException">It runs and does not let us in.</exception>
    public static async Task<(int Postmaster, string AdminConnectionString)?> FindAsync(
        Cluster cluster, string? password, CancellationToken ct)
    {
        for (var clock = Stopwatch.StartNew(); await cluster.PostmasterAsync(ct) is { } postmaster; await Task.Delay(100, ct))
        {
            var reason = "it does not name its port";
            if (cluster.RunningPort() is { } port)
            {
                var admin = AdminConnection.ForLocal(port, password ?? "").ConnectionString;
                reason = await RefusalAsync(admin, cluster, ct);
                if (reason is null)
                    return (postmaster, admin);
            }
            if (clock.Elapsed > Patience)
                throw Unusable(cluster, postmaster, reason);
        }
        return null;
    }

    // Null when it is ours and ready; else what to wait for.
    private static async Task<string?> RefusalAsync(string admin, Cluster cluster, CancellationToken ct)
    {
        try
        {
            var served = (string?)await AdminConnection.AskAsync(admin, "SHOW data_directory", ct);
            return served == cluster.DataDirectory ? null : $"its port is served for {served}";
        }
        catch (PostgresException busy) when (busy.SqlState == CannotConnectNow)
        {
            return busy.MessageText;
        }
        catch (PostgresException refused)
        {
            throw Unusable(cluster, null, refused.MessageText, refused);
        }
        catch (NpgsqlException unreachable)
        {
            return unreachable.Message;
        }
    }

    private static LocalPostgresException Unusable(Cluster cluster, int? postmaster, string? reason, Exception? cause = null) =>
        new($"A PostgreSQL{(postmaster is null ? "" : $" (process {postmaster})")} runs for {cluster.DataDirectory} "
            + $"and cannot be used: {reason}. Stop it and try again.", cause!);
}
