using System.Linq.Expressions;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Features.Imports.Loading;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>One bulk load.</summary>
/// <param name="Id">The import.</param>
/// <param name="Kind">What the records of the file say.</param>
/// <param name="Format">How they are written down.</param>
/// <param name="Status">Where it stands; nothing of a file can be seen before <c>completed</c>.</param>
/// <param name="FileName">As the sender named the file.</param>
/// <param name="SizeBytes">Bytes of the upload as it came.</param>
/// <param name="Sha256">SHA-256 of the upload as it came, hexadecimal.</param>
/// <param name="JobId">The background job that does it.</param>
/// <param name="Step">What is being done at the moment, for people.</param>
/// <param name="BytesDone">Bytes of the upload that are read.</param>
/// <param name="Receipt">What it changed and what it rejected, once it has ended.</param>
/// <param name="ErrorCode">Why nothing of it was taken.</param>
/// <param name="ErrorDetail">Why, for people.</param>
/// <param name="CreatedAt">When the file was stored.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="UndoneAt">When it was undone.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record ImportResponse(
    Guid Id,
    ImportKind Kind,
    ImportFormat Format,
    ImportStatus Status,
    string? FileName,
    long SizeBytes,
    string Sha256,
    Guid JobId,
    string? Step,
    long BytesDone,
    ImportReceipt? Receipt,
    string? ErrorCode,
    string? ErrorDetail,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? UndoneAt,
    long Version) : IVersioned
{
    internal static readonly ImportResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000031"), ImportKind.ReadinessRatings, ImportFormat.Csv, ImportStatus.Completed, "fall-2026.csv",
        18_400_512, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Guid.Parse("01a2b3c4-0000-7000-8000-000000000030"), null, 18_400_512,
        new ImportReceipt { Records = 200_400, Accepted = 200_400, Assessments = new(167, 0), Responses = new(4_175, 0, 0), Ratings = new(200_400, 0, 0), Seconds = 0.9 },
        null, null,
        DateTimeOffset.Parse("2026-10-31T15:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2026-10-31T15:00:01Z", System.Globalization.CultureInfo.InvariantCulture), null, 3);

    /// <summary>An import with the progress of its job, in one query.</summary>
    internal static Expression<Func<Import, Row>> From(PLServiceDbContext db) => import => new Row(
        import, db.Jobs.Where(j => j.Id == import.JobId).Select(j => j.Step).FirstOrDefault(), db.Jobs.Where(j => j.Id == import.JobId).Select(j => j.ProgressDone).FirstOrDefault());

    internal static ImportResponse Of(Row row) => new(
        row.Import.Id, row.Import.Kind, row.Import.Format, row.Import.Status, row.Import.FileName, row.Import.SizeBytes, Convert.ToHexStringLower(row.Import.Sha256),
        row.Import.JobId, row.Step, row.BytesDone, ImportJson.ReadReceipt(row.Import.Receipt), row.Import.ErrorCode, row.Import.ErrorDetail,
        row.Import.CreatedAt, row.Import.FinishedAt, row.Import.UndoneAt, row.Import.Version);

    /// <summary>Whoever reaches the whole tenant sees all imports; others those that were sent from within their subtree.</summary>
    internal static IQueryable<Import> Reachable(PLServiceDbContext db, Caller caller) =>
        caller.Roots is { } roots
            ? db.Imports.Where(i => db.OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == i.OrganizationId))
            : db.Imports;

    /// <summary>What the query reads.</summary>
    internal sealed record Row(Import Import, string? Step, long BytesDone);
}
