using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks.Case;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>What the imports of standards have in common: the file into memory, the package into the tables, in one transaction.</summary>
internal sealed class PackageDesk(PLServiceDbContext db, PackageStore store, AuditTrail audit, AccessOptions access)
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads the request's body, gzip or not; null when it is larger than <paramref name="maxBytes"/>.</summary>
    public static async Task<MemoryStream?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken ct)
    {
        if (request.ContentLength > maxBytes)
            return null;
        var body = request.Headers.ContentEncoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true)
            : request.Body;
        var file = new MemoryStream(request.ContentLength is { } length and > 0 ? (int)length : ChunkBytes);
        var chunk = new byte[ChunkBytes];
        while (await body.ReadAsync(chunk, ct) is > 0 and var read)
        {
            if (file.Length + read > maxBytes)
                return null;
            file.Write(chunk, 0, read);
        }

        return file;
    }

    /// <summary>Reads a package and takes it.</summary>
    public Task<Results<Ok<FrameworkImportResponse>, Created<FrameworkImportResponse>, JsonHttpResult<ApiProblem>>> TakeFileAsync(
        MemoryStream file, PackageTaking taking, bool dryRun, CancellationToken ct)
    {
        var reading = CaseReader.Read(file.GetBuffer().AsSpan(0, (int)file.Length), access.CaseAddress);
        return TakeAsync(reading, taking, dryRun, ct);
    }

    /// <summary>Takes what was read: all of it or, with faults, a refusal or in a dry run, nothing.</summary>
    public async Task<Results<Ok<FrameworkImportResponse>, Created<FrameworkImportResponse>, JsonHttpResult<ApiProblem>>> TakeAsync(
        CaseReading reading, PackageTaking taking, bool dryRun, CancellationToken ct)
    {
        if (reading.Package is not { } package)
            return Problems.Invalid(Problems.Listed(reading.Faults));

        // With an Idempotency-Key there is a transaction already, which must not lose its other half.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync("package", ct);
        var result = await store.WriteAsync(package, taking, ct);
        if (dryRun || result.Refusal is not null)
        {
            await transaction.RollbackToSavepointAsync("package", ct);
        }
        else if (result.IsWritten)
        {
            // Written below EF, which would have noticed: reports through a lens say something else now.
            db.ChangesReports = true;
            audit.Record(result.Created ? "framework.created" : "framework.imported", result.FrameworkId, organizationId: null, new
            {
                result.Code,
                taking.Publish,
                items = FrameworkImportCounts.Of(result[PackagePart.Item]),
                associations = FrameworkImportCounts.Of(result[PackagePart.Association]),
            });
            await db.SaveChangesAsync(ct);
        }

        if (own is not null)
            await own.CommitAsync(CancellationToken.None);
        if (result.Refusal is { } refusal)
            return refusal.ToConflict();
        var answer = FrameworkImportResponse.Of(result, reading.Warnings, dryRun);
        return result.Created && !dryRun ? TypedResults.Created($"/v1/frameworks/{result.FrameworkId}", answer) : TypedResults.Ok(answer);
    }

    /// <summary>The file is too large.</summary>
    public static JsonHttpResult<ApiProblem> TooLarge(int maxBytes) => Problems.Result(413, "request.too_large", $"The file may have {maxBytes >> 20} MiB.");

    /// <summary>Too many files are being read.</summary>
    public static JsonHttpResult<ApiProblem> Busy(HttpResponse response)
    {
        response.Headers.RetryAfter = "5";
        return Problems.Result(503, "import.busy", "As many packages as the service takes at once are being read; retry after the time in Retry-After.");
    }
}
