namespace PLService.Api.Domain.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>Background work as a row: any process claims it, keeps a lease while it works, and another takes over when the lease ends.</summary>
public sealed class Job : TenantEntity
{
    /// <summary>After so many claims without an end the job is failed: something kills whoever works on it.</summary>
    public const int MaxAttempts = 30;

    private Job()
    {
    }

    /// <summary>Which worker does it: <c>import</c>, <c>importUndo</c>, ...</summary>
    public string Kind { get; private init; } = "";

    /// <summary>What it works on, for example the import.</summary>
    public Guid ResourceId { get; private init; }

    /// <summary>The root of what the requester may reach; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private init; }

    /// <summary>The machine that asked for it.</summary>
    public Guid? ApiClientId { get; private init; }

    /// <summary>The person who asked for it.</summary>
    public Guid? PersonId { get; private init; }

    /// <summary>Whether it waits for its next time when it is done.</summary>
    public bool Recurs { get; private init; }

    public JobStatus Status { get; private set; }

    /// <summary>What it does at the moment, for people.</summary>
    public string? Step { get; private set; }

    public long ProgressDone { get; private set; }
    public long? ProgressTotal { get; private set; }

    /// <summary>How often it was claimed.</summary>
    public int Attempts { get; private set; }

    public DateTimeOffset RunAfter { get; private set; }
    public Guid? LeaseOwner { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public bool CancelRequested { get; private set; }
    public string? ErrorCode { get; private set; }
    public string? ErrorDetail { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public static Job Create(string kind, Guid resourceId, Guid? organizationId, Guid? apiClientId, DateTimeOffset now, Guid? personId = null) =>
        new() { Kind = kind, ResourceId = resourceId, OrganizationId = organizationId, ApiClientId = apiClientId, PersonId = personId, RunAfter = now };

    /// <summary>Whoever works on it, or claims it next, tidies up and ends it as cancelled.</summary>
    public DomainError? RequestCancel(DateTimeOffset now)
    {
        if (Status is not (JobStatus.Queued or JobStatus.Running))
            return JobErrors.AlreadyEnded;

        CancelRequested = true;
        if (Status is JobStatus.Queued)
            RunAfter = now;
        return null;
    }
}

public static class JobErrors
{
    public static readonly DomainError AlreadyEnded = new("job.already_ended", "The job has ended; there is nothing to cancel.");
}
