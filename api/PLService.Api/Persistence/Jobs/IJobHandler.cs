namespace PLService.Api.Persistence.Jobs;

/// <summary>
/// Does the jobs of one kind. It may be killed at any instant and is then run again, by this process or another: what it has done
/// must show in the database in the same transaction as the work, so that a further run finds it and goes on or ends.
/// </summary>
internal interface IJobHandler
{
    /// <summary>The kind of job that it does.</summary>
    string Kind { get; }

    /// <summary>Does the job; the scope's caller is the job's tenant.</summary>
    /// <param name="run">What to do, and where to say how far it is.</param>
    /// <param name="ct">Cancelled when somebody cancels the job, the lease is lost or the process stops.</param>
    /// <exception cref="JobFailedException">The job cannot be done, now or later.</exception>
    /// <exception cref="JobAgainException">Somebody changed meanwhile what the work is based on.</exception>
    Task RunAsync(JobRun run, CancellationToken ct);

    /// <summary>Tidies up after a job that was cancelled or has failed for good; runs in a scope of its own.</summary>
    Task EndedWithoutSuccessAsync(JobRun run, bool cancelled, string? code, string? detail, CancellationToken ct);
}

/// <summary>A job that can never succeed: it ends as failed, with this code and detail.</summary>
internal sealed class JobFailedException(string code, string detail) : Exception(detail)
{
    public string Code { get; } = code;
}

/// <summary>What the job found does not hold any more: it is begun anew at once.</summary>
internal sealed class JobAgainException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>Somebody asked for the end of the job before its work was done.</summary>
internal sealed class JobCancelledException() : Exception("The job was cancelled.");

/// <summary>One claim of a job.</summary>
internal sealed record JobRun(Guid TenantId, Guid JobId, string Kind, Guid ResourceId, Guid? OrganizationId, Guid? ApiClientId, Guid? PersonId, int Attempt, bool CancelRequested)
{
    private volatile bool _hasEnded;
    private volatile JobProgress _progress = new(null, 0, null);

    /// <summary>The work and with it the job is being committed: a heartbeat that does not find it any more has not lost it.</summary>
    public bool HasEnded { get => _hasEnded; set => _hasEnded = value; }

    /// <summary>What the heartbeat writes next.</summary>
    public JobProgress Progress => _progress;

    /// <summary>Says what is being done and how far it is; cheap, as often as one likes.</summary>
    public void Report(string step, long done, long? total) => _progress = new(step, done, total);
}

/// <param name="Step">What is being done, for people.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; null when not known yet.</param>
internal sealed record JobProgress(string? Step, long Done, long? Total);
