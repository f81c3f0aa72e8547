using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Jobs;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>Stores an upload, its import and its job in one transaction: an upload that breaks off leaves nothing.</summary>
internal sealed class ImportUpload(PLServiceDbContext db, Caller caller, AuditTrail audit, TimeProvider clock)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>The new import; the earlier one when this key has brought the same file before; or what speaks against it.</summary>
    /// <param name="kind">What the records say.</param>
    /// <param name="options">What the sender says about the file.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="root">The root of what the import may reach; null is the whole tenant.</param>
    /// <param name="request">The upload.</param>
    /// <param name="roster">What it was taken for, when it is a roster: then this is stored in its place.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(Guid? Import, DomainError? Clash)> StoreAsync(
        ImportKind kind, ImportOptions options, string? fileName, Guid? root, HttpRequest request, RosterUpload? roster, CancellationToken ct)
    {
        var key = request.Headers[IdempotencyStore.Header].ToString() is { Length: > 0 } given ? given : null;
        var format = request.ContentType?.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) is true ? ImportFormat.Ndjson : ImportFormat.Csv;
        var encoding = request.Headers.ContentEncoding.ToString() is { Length: > 0 } named ? named : null;
        var id = Guid.CreateVersion7();
        var job = Job.Create(ImportHandler.JobKind, id, root, caller.ApiClientId, clock.GetUtcNow(), caller.PersonId);
        var optionsText = ImportJson.Write(options);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            var import = Import.Receive(id, kind, format, optionsText, fileName, encoding, caller.ApiClientId, root, key, job.Id, caller.PersonId);
            db.Add(import);
            await db.SaveChangesAsync(ct);
            var (sha256, size) = await StoreBytesAsync(id, roster?.Rows ?? request.Body, ct);
            if (roster is not null)
                (sha256, size) = (roster.Sha256, roster.Size);
            import.Received(sha256, size);
            db.Add(job);
            audit.Record("import.created", id, root, new { kind, fileName, size });
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(CancellationToken.None);
            return (id, null);
        }
        catch (DbUpdateException e) when (key is not null && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The same key came before, or is coming at this moment over another connection.
            await transaction.RollbackAsync(ct);
            db.ChangeTracker.Clear();
            var sha256 = roster?.Sha256 ?? await SHA256.HashDataAsync(request.Body, ct);
            var earlier = await db.Imports.AsNoTracking().SingleAsync(i => i.ApiClientId == caller.ApiClientId && i.PersonId == caller.PersonId && i.IdempotencyKey == key, ct);
            var same = earlier.Kind == kind && ImportJson.Read(earlier.Options).IsSameAs(options) && earlier.Sha256.AsSpan().SequenceEqual(sha256);
            return same ? (earlier.Id, null) : (null, ImportErrors.KeyReused);
        }
    }

    private async Task<(byte[] Sha256, long Size)> StoreBytesAsync(Guid importId, Stream body, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var buffer = new byte[ChunkBytes];
        var size = 0L;
        for (var chunk = 0; ; chunk++)
        {
            var length = await body.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, ct);
            if (length > 0)
            {
                hash.AppendData(buffer, 0, length);
                size += length;
                await Statements.ExecuteAsync(
                    connection, "insert into pls.import_payload (tenant_id, import_id, chunk, bytes) values ($1, $2, $3, $4)", ct,
                    caller.TenantId, importId, chunk, new NpgsqlParameter { Value = new ReadOnlyMemory<byte>(buffer, 0, length), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
            }

            if (length < ChunkBytes)
                return (hash.GetHashAndReset(), size);
        }
    }
}
