namespace PLService.Api.Domain.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportStatus
{
    /// <summary>The file is stored; it will be read whatever happens to this process.</summary>
    Queued,

    /// <summary>It is being read. Nothing of it can be seen yet.</summary>
    Running,

    /// <summary>It is in, in one transaction; the receipt says what it changed and which rows it rejected.</summary>
    Completed,

    /// <summary>Nothing of it is in; the issues say why.</summary>
    Failed,

    /// <summary>Somebody stopped it; nothing of it is in.</summary>
    Cancelled,

    /// <summary>What it had changed was taken back.</summary>
    Undone,
}

/// <summary>What to do with a file of which some rows have errors.</summary>
public enum OnError
{
    /// <summary>Take nothing of the file.</summary>
    Abort,

    /// <summary>Take the rows without errors; the others come back in the error file.</summary>
    Skip,
}

/// <summary>One bulk load as a job with receipt, row errors and undo.</summary>
public sealed class Import : TenantEntity
{
    /// <summary>Longest file name that is kept.</summary>
    public const int FileNameMaxLength = 200;

    private Import()
    {
    }

    public ImportKind Kind { get; private init; }
    public ImportFormat Format { get; private init; }
    public ImportStatus Status { get; private set; }

    /// <summary>What the sender asked for, as JSON.</summary>
    public string Options { get; private init; } = "{}";

    public string? FileName { get; private init; }
    public string? ContentEncoding { get; private init; }
    public long SizeBytes { get; private set; }

    /// <summary>SHA-256 of the upload as it came.</summary>
    public byte[] Sha256 { get; private set; } = [];

    /// <summary>The machine that sent it.</summary>
    public Guid? ApiClientId { get; private init; }

    /// <summary>The person who sent it.</summary>
    public Guid? PersonId { get; private init; }

    /// <summary>The root of what the sender reaches; null is the whole tenant.</summary>
    public Guid? OrganizationId { get; private init; }

    public string? IdempotencyKey { get; private init; }
    public Guid JobId { get; private init; }

    /// <summary>What it changed, as JSON, once it has ended.</summary>
    public string? Receipt { get; private set; }

    public string? ErrorCode { get; private set; }
    public string? ErrorDetail { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>An import whose file is still coming; it exists for others once that is stored.</summary>
    public static Import Receive(
        Guid id, ImportKind kind, ImportFormat format, string options, string? fileName, string? contentEncoding,
        Guid? apiClientId, Guid? organizationId, string? idempotencyKey, Guid jobId, Guid? personId = null) => new()
        {
            Id = id,
            Kind = kind,
            Format = format,
            Options = options,
            FileName = fileName,
            ContentEncoding = contentEncoding,
            ApiClientId = apiClientId,
            PersonId = personId,
            OrganizationId = organizationId,
            IdempotencyKey = idempotencyKey,
            JobId = jobId,
        };

    /// <summary>All of the file is stored.</summary>
    public void Received(byte[] sha256, long sizeBytes) => (Sha256, SizeBytes) = (sha256, sizeBytes);

    /// <summary>It is being read; nothing else changes it now.</summary>
    public void Begin() => Status = ImportStatus.Running;

    /// <summary>It has ended, one way or another.</summary>
    public void End(ImportStatus status, string? receipt, string? errorCode, string? errorDetail, DateTimeOffset now) =>
        (Status, Receipt, ErrorCode, ErrorDetail, FinishedAt) = (status, receipt, errorCode, errorDetail, now);

    public DomainError? Undo(DateTimeOffset now)
    {
        if (Status is not ImportStatus.Completed)
            return ImportErrors.NotCompleted;

        (Status, UndoneAt) = (ImportStatus.Undone, now);
        return null;
    }
}

public static class ImportErrors
{
    public static readonly DomainError NotCompleted = new("import.not_completed", "Only a completed import can be undone.");
    public static readonly DomainError WasDryRun = new("import.was_dry_run", "A dry run changed nothing; there is nothing to undo.");
    public static readonly DomainError ChangedSince =
        new("import.changed_since", "Something that the import brought was changed or closed since; undo that first.");
    public static readonly DomainError Unreadable =
        new("import.unreadable", "The file could not be read, so there are no rows to give back; the issues of the import say why.");
    public static readonly DomainError NotEnded = new("import.not_ended", "The import has not ended yet; its errors are not complete.");
    public static readonly DomainError KeyReused =
        new("idempotency.key_reused", "This Idempotency-Key was used for another file or other options; use a new key for a new import.");
}
