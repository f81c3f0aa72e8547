using System.Diagnostics;
using Npgsql;

namespace PLService.Bench.Load;

/// <summary>
/// The limit of a read or create: one prepared statement from as many connections, without HTTP, JSON, tenant or access. It is what pgbench
/// does, but by Npgsql and in this process, which costs a little more than pgbench's C.
/// </summary>
internal static class PreparedLoop
{
    /// <param name="connectionString">Opened outside any pool.</param>
    /// <param name="sql">Statements with $1, $2, ...</param>
    /// <param name="parameters">The parameters of the nth execution on a connection.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="length">For how long.</param>
    /// <param name="ct">Ends it early.</param>
    public static async Task<Measured> RunAsync(
        string connectionString, string sql, Func<int, long, object[]> parameters, int connections, TimeSpan length, CancellationToken ct)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(ct);
            return connection;
        }));
        try
        {
            var clock = new Stopwatch();
            var all = new Latencies();
            var commands = await Task.WhenAll(open.Select(async (connection, index) =>
            {
                var command = new NpgsqlCommand(sql, connection);
                foreach (var value in parameters(index, 0))
                    command.Parameters.Add(new NpgsqlParameter { Value = value });
                await command.PrepareAsync(ct);
                return command;
            }));
            clock.Start();
            foreach (var latencies in await Task.WhenAll(commands.Select((command, index) => Task.Run(() => LoopAsync(command, index), ct))))
                all.Add(latencies);
            return Measured.Of(all, clock.Elapsed);

            async Task<Latencies> LoopAsync(NpgsqlCommand command, int index)
            {
                await using var owned = command;
                var latencies = new Latencies();
                for (var number = 1L; clock.Elapsed < length; number++)
                {
                    var started = Stopwatch.GetTimestamp();
                    var values = parameters(index, number);
                    for (var i = 0; i < values.Length; i++)
                        command.Parameters[i].Value = values[i];
                    await using (var reader = await command.ExecuteReaderAsync(ct))
                    {
                        while (await reader.ReadAsync(ct))
                        {
                            for (var column = 0; column < reader.FieldCount; column++)
                                reader.GetValue(column);
                        }
                    }

                    latencies.Add(Stopwatch.GetElapsedTime(started));
                }

                return latencies;
            }
        }
        finally
        {
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
    }
}
