using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Http;

/// <summary>
/// Remembers for 24 hours what a POST with an Idempotency-Key was answered: the same request again gets the same answer, another
/// request under the same key is 422, and one that comes while the first still runs is 409 (draft-ietf-httpapi-idempotency-key-header).
/// </summary>
internal sealed class IdempotencyStore(PLServiceDbContext db, Caller caller, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    public const int KeyMaxLength = 255;

    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private static readonly string[] StoredHeaders = ["Content-Type", "Location", "ETag", "PLService-Outcome"];

    /// <summary>Whether the contract offers the header for an operation.</summary>
    public static bool IsTakenBy(string method, IEnumerable<object> metadata, bool anonymous) =>
        method == HttpMethods.Post && !anonymous && !metadata.OfType<NotRepeatable>().Any();

    /// <summary>Answers a repetition or a clash. False: the request is new, and this transaction now holds the key.</summary>
    public async Task<bool> AnswerRepetitionAsync(HttpContext context, string key, byte[] requestHash)
    {
        var ct = context.RequestAborted;
        // The lock goes with the transaction, so a crash frees the key. Whoever does not get it is told so at once.
        var lockId = BitConverter.ToInt64(SHA256.HashData([.. caller.TenantId.ToByteArray(), .. caller.ActorId.ToByteArray(), .. System.Text.Encoding.UTF8.GetBytes(key)]));
        var free = await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({lockId}) as \"Value\"").SingleAsync(ct);
        if (!free)
        {
            context.Response.Headers.RetryAfter = "1";
            await Problems.WriteAsync(context, 409, "idempotency.still_running", "The first request with this Idempotency-Key still runs; retry shortly.");
            return true;
        }

        var stored = await ReadAsync(key, ct);
        if (stored is null)
            return false;
        if (!CryptographicOperations.FixedTimeEquals(stored.RequestHash, requestHash))
        {
            await Problems.WriteAsync(context, 422, "idempotency.key_reused", "This Idempotency-Key was used for another request; use a new key for a new request.");
            return true;
        }

        context.Response.StatusCode = stored.Status;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(stored.Headers)!)
            context.Response.Headers[name] = value;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        await context.Response.Body.WriteAsync(stored.Body, ct);
        return true;
    }

    /// <summary>Stores the answer in the transaction of the effect.</summary>
    public Task SaveAsync(HttpContext context, string key, byte[] requestHash, byte[] body)
    {
        var response = context.Response;
        var headers = JsonSerializer.Serialize(StoredHeaders.Where(response.Headers.ContainsKey).ToDictionary(name => name, name => response.Headers[name].ToString()));
        return db.Database.ExecuteSqlAsync(
            $"""
             insert into pls.idempotency_record (tenant_id, actor_id, key, request_hash, status, headers, body, created_at)
             values ({caller.TenantId}, {caller.ActorId}, {key}, {requestHash}, {(short)response.StatusCode}, {headers}::jsonb, {body}, {clock.GetUtcNow()})
             on conflict (tenant_id, actor_id, key) do update
             set request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = excluded.created_at
             """,
            CancellationToken.None);
    }

    private async Task<Stored?> ReadAsync(string key, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var command = new NpgsqlCommand(
            "select request_hash, status, headers::text, body from pls.idempotency_record where tenant_id = $1 and actor_id = $2 and key = $3 and created_at > $4",
            connection)
        {
            Parameters =
            {
                new() { Value = caller.TenantId },
                new() { Value = caller.ActorId },
                new() { Value = key },
                new() { Value = clock.GetUtcNow() - Retention },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(reader.GetFieldValue<byte[]>(0), reader.GetInt16(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    private sealed record Stored(byte[] RequestHash, int Status, string Headers, byte[] Body);
}
