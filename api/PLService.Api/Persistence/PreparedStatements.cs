using System.Collections.Concurrent;
using Npgsql;

namespace PLService.Api.Persistence;

/// <summary>
/// Prepares statements before their first use on a connection, in a round trip of its own. Npgsql's automatic preparation does both at
/// once, and when that one use fails while its parameters are bound (a NUL in a text, a cancelled request), Npgsql 10.0.0 takes the
/// statement for prepared without knowing its columns: the next use on the connection ends in "unexpected backend message DataRow"
/// (npgsql/npgsql#6391).
/// </summary>
internal static class PreparedStatements
{
    /// <summary>A connection keeps what it prepared for as long as it lives, so there is a bound; further texts run unprepared.</summary>
    public const int MaxTexts = 400;

    // Of each database, for each has connections of its own.
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> Kept = new(StringComparer.Ordinal);

    /// <summary>
    /// Nothing is prepared by being executed. With preparation switched off altogether, though, Npgsql would not look for a statement
    /// that an earlier command of the connection prepared when the text arrives among others, as TenantWall sends it.
    /// </summary>
    public static void Configure(NpgsqlConnectionStringBuilder settings)
    {
        settings.MaxAutoPrepare = 1;
        settings.AutoPrepareMinUsages = int.MaxValue;
    }

    /// <summary>Prepares those of the commands that the connection has not prepared yet; costs nothing when there are none.</summary>
    public static async Task PrepareAsync(NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken ct)
    {
        // A batch of its own, because one command of the batch that will be executed stays as it is: the one that names the tenant.
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            if (IsKept(connection, command.CommandText))
                batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.PrepareAsync(ct);
    }

    /// <summary>Prepares a command of EF. Several statements in one text are changes, of which nearly each has a text of its own.</summary>
    public static Task PrepareAsync(NpgsqlCommand command, CancellationToken ct) =>
        !command.CommandText.Contains(';', StringComparison.Ordinal) && IsKept(command.Connection!, command.CommandText) ? command.PrepareAsync(ct) : Task.CompletedTask;

    private static bool IsKept(NpgsqlConnection connection, string text)
    {
        var texts = Kept.GetOrAdd(connection.Database, _ => new(StringComparer.Ordinal));
        return texts.ContainsKey(text) || (texts.Count < MaxTexts && texts.TryAdd(text, true));
    }
}
