using System.Linq.Expressions;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Jobs;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Jobs;

/// <summary>A piece of background work.</summary>
/// <param name="Id">The job.</param>
/// <param name="Kind">What is done: <c>import</c>, <c>mailDelivery</c>.</param>
/// <param name="ResourceId">What it is done to, for example the import.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Step">What it does at the moment, for people.</param>
/// <param name="ProgressDone">How much of the step is done.</param>
/// <param name="ProgressTotal">How much there is; null when not known yet.</param>
/// <param name="Attempts">How often it was begun; more than once after a crash or a lost database.</param>
/// <param name="CancelRequested">Somebody asked it to stop.</param>
/// <param name="ErrorCode">Why it failed.</param>
/// <param name="ErrorDetail">Why it failed, for people.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it was first begun.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record JobResponse(
    Guid Id,
    string Kind,
    Guid ResourceId,
    JobStatus Status,
    string? Step,
    long ProgressDone,
    long? ProgressTotal,
    int Attempts,
    bool CancelRequested,
    string? ErrorCode,
    string? ErrorDetail,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    long Version) : IVersioned
{
    internal static readonly JobResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000030"), "import", Guid.Parse("01a2b3c4-0000-7000-8000-000000000031"), JobStatus.Running,
        "reading rows", 120_000, 200_400, 1, false, null, null,
        DateTimeOffset.Parse("2026-10-31T15:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset.Parse("2026-10-31T15:00:01Z", System.Globalization.CultureInfo.InvariantCulture), null, 2);

    internal static readonly Expression<Func<Job, JobResponse>> From = job => new JobResponse(
        job.Id, job.Kind, job.ResourceId, job.Status, job.Step, job.ProgressDone, job.ProgressTotal, job.Attempts, job.CancelRequested,
        job.ErrorCode, job.ErrorDetail, job.CreatedAt, job.StartedAt, job.FinishedAt, job.Version);

    /// <summary>Whoever reaches the whole tenant sees all jobs; others those that were asked for within their subtree.</summary>
    internal static IQueryable<Job> Reachable(PLServiceDbContext db, Caller caller) =>
        caller.Roots is { } roots
            ? db.Jobs.Where(j => db.OrganizationClosure.Any(c => roots.Contains(c.AncestorId) && c.DescendantId == j.OrganizationId))
            : db.Jobs;
}
