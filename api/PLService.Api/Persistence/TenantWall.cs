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
