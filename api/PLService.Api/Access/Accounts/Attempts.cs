using Npgsql;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Accounts;

/// <summary>An attempt at an account that may be made.</summary>
/// <param name="PersonId">Whose account it is.</param>
/// <param name="PasswordHash">What the password is compared with.</param>
/// <param name="NeedsSecondFactor">Whether the password alone signs nobody in.</param>
/// <param name="IsLast">Whether the account is locked unless this one is right.</param>
internal sealed record Attempt(Guid PersonId, string? PasswordHash, bool NeedsSecondFactor, bool IsLast);

/// <summary>
/// Counts attempts before it is known whether they are right, each in a transaction of its own: many at once are as many attempts, and what is
/// refused afterwards stays counted.
/// </summary>
internal sealed class Attempts(NpgsqlDataSource source, Caller caller, TimeProvider clock)
{
    private const string Claim =
        """
        update pls.account a
        set failed_attempts = case when a.locked_until is null then a.failed_attempts + 1 else 1 end,
            locked_until = case when a.locked_until is null and a.failed_attempts + 1 >= $3 then $5 end
        from pls.person p
        where a.tenant_id = $1 and p.tenant_id = $1 and p.id = a.person_id and p.status = 'active'
            and (a.locked_until is null or a.locked_until <= $4)
        """;

    private const string Returning = " returning a.person_id, a.password_hash, a.authenticator_confirmed_at is not null, a.locked_until is not null";

    /// <summary>An attempt at the account of whoever has this address; null when there is none, or when it is locked.</summary>
    public Task<Attempt?> ClaimAsync(string email, CancellationToken ct) =>
        RunAsync(Claim + " and p.email_key = lower($2)" + Returning, new NpgsqlParameter<string> { TypedValue = email.Contains('\0', StringComparison.Ordinal) ? "" : email }, ct);

    /// <summary>An attempt at the account of a person; null when there is none, or when it is locked.</summary>
    public Task<Attempt?> ClaimAsync(Guid personId, CancellationToken ct) =>
        RunAsync(Claim + " and p.id = $2" + Returning, new NpgsqlParameter<Guid> { TypedValue = personId }, ct);

    /// <summary>Takes an attempt back that was right but decides nothing yet. What was wrong before stays counted.</summary>
    public Task GiveBackAsync(Guid personId, CancellationToken ct) => new TenantReader(source, caller).ExecuteAsync(
        new NpgsqlBatchCommand("update pls.account set failed_attempts = greatest(0, failed_attempts - 1), locked_until = case when failed_attempts > $3 then locked_until end where tenant_id = $1 and person_id = $2")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
                new NpgsqlParameter<Guid> { TypedValue = personId },
                new NpgsqlParameter<int> { TypedValue = Account.MaxFailedAttempts },
            },
        },
        (_, _) => Task.FromResult(true), ct);

    private Task<Attempt?> RunAsync(string sql, NpgsqlParameter whose, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Not the transaction of the request: see above.
        return new TenantReader(source, caller).ExecuteAsync(
            new NpgsqlBatchCommand(sql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = caller.TenantId },
                    whose,
                    new NpgsqlParameter<int> { TypedValue = Account.MaxFailedAttempts },
                    new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
                    new NpgsqlParameter<DateTime> { TypedValue = (now + Account.LockTime).UtcDateTime },
                },
            },
            async (rows, token) => await rows.ReadAsync(token) ? new Attempt(rows.GetGuid(0), rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetBoolean(2), rows.GetBoolean(3)) : null,
            ct);
    }
}
