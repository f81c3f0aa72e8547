using System.Net.Sockets;
using Npgsql;

namespace PLService.Api.Persistence;

/// <summary>Tells what went wrong with the database, by type and SQLSTATE.</summary>
internal static class DatabaseFaults
{
    /// <summary>
    /// Connection faults, shutdown, pool exhaustion, a full disk, deadlock and serialization failures: what a later try can succeed at.
    /// </summary>
    public static bool IsAway(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: "40001" or "40P01" or "57P01" or "57P02" or "57P03" or "53100" or "53300" or "25006" })
                return true;
            if (e is PostgresException)
                return false;
            if (e is NpgsqlException or TimeoutException or SocketException || IsBroken(e))
                return true;
        }

        return false;
    }

    /// <summary>A deadlock or a failure to serialize: the transaction is undone for certain, and the same may succeed at once.</summary>
    public static bool IsRolledBack(Exception exception) => exception.GetBaseException() is PostgresException { SqlState: "40001" or "40P01" };

    // Npgsql's word for a connection that was lost between two commands: a mistake of the caller's, as far as it can tell.
    private static bool IsBroken(Exception e) => e is InvalidOperationException { Source: nameof(Npgsql), Message: "Connection is not open" };
}
