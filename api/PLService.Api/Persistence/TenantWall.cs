using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace PLService.Api.Persistence;

/// <summary>
/// Tells PostgreSQL the tenant for each unit of work. A transaction gets it as its first statement; a command outside of one is
/// wrapped as <c>begin; set local ...; command; commit</c> and still travels in one round trip.
/// </summary>
internal static class TenantWall
{
    /// <summary>Built from a Guid alone, so that it can be a literal: SET takes no parameters, and set_config does not reach shards.</summary>
    public static string SetTenant(Guid tenantId) => $"SET LOCAL app.tenant_id = '{tenantId:D}'";

    /// <summary>Sets the tenant at the start of every transaction that EF begins, its own ones in SaveChanges included.</summary>
    internal sealed class Transactions : DbTransactionInterceptor
    {
        public override async ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context is PLServiceDbContext { HasTenant: true } db)
            {
                await using var command = connection.CreateCommand();
                command.Transaction = result;
                command.CommandText = SetTenant(db.TenantId);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return result;
        }
    }

    /// <summary>
    /// Ends the work when its connection is lost within a transaction. EF would forget the transaction and open another connection, on which
    /// nobody has said the tenant: tables would read empty where the database was away.
    /// </summary>
    internal sealed class Connections : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            eventData.Context is PLServiceDbContext { IsConnected: true }
                ? throw new NpgsqlException("The connection was lost within a transaction.")
                : ValueTask.FromResult(result);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Note(eventData.Context, connected: true);
            return Task.CompletedTask;
        }

        public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Note(eventData.Context, connected: false);

        public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
        {
            Note(eventData.Context, connected: false);
            return Task.CompletedTask;
        }

        private static void Note(DbContext? context, bool connected)
        {
            if (context is PLServiceDbContext db)
                db.IsConnected = connected;
        }
    }

    /// <summary>Prepares commands, and wraps those that run outside a transaction.</summary>
    internal sealed class Commands : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await WrapAsync(command, eventData.Context, cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            await WrapAsync(command, eventData.Context, cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await WrapAsync(command, eventData.Context, cancellationToken);
            return result;
        }

        private static async Task WrapAsync(DbCommand command, DbContext? context, CancellationToken ct)
        {
            if (context is not PLServiceDbContext { HasTenant: true } db)
                return;
            command.CommandText = command.CommandText.TrimEnd().TrimEnd(';');
            await PreparedStatements.PrepareAsync((NpgsqlCommand)command, ct);
            if (command.Transaction is null)
                command.CommandText = $"BEGIN;{SetTenant(db.TenantId)};{command.CommandText};COMMIT";
        }
    }
}
