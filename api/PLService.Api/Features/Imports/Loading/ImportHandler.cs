using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Jobs;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>
/// Reads a stored upload and brings it in within one transaction, receipt and end of the import included: whatever kills the process or
/// the database leaves either all of it or nothing, and the next claim of the job begins anew or finds it done.
/// </summary>
internal sealed class ImportHandler(PLServiceDbContext db, NpgsqlDataSource source, Caller caller, IEnumerable<IRecordLoader> loaders, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "import";

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var import = await db.Imports.SingleAsync(i => i.Id == run.ResourceId, ct);
        if (import.Status is not (ImportStatus.Queued or ImportStatus.Running))
            return;
        import.Begin();
        await db.SaveChangesAsync(ct);

        var started = Stopwatch.GetTimestamp();
        var options = ImportJson.Read(import.Options);
        var load = new ImportLoad(
            import.Id, import.Kind, options, run, token => ImportReader.OpenAsync(new PayloadReader(source, caller, import.Id), ReaderOptions.Of(import, options), token));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whole files in a statement are worth a plan of their own.
        await Statements.ExecuteAsync((NpgsqlConnection)db.Database.GetDbConnection(), "set local plan_cache_mode = auto", ct);
        try
        {
            load.TakeRoster();
            await using var reader = await load.OpenAsync(ct);
            load.Size = import.SizeBytes;
            await loaders.Single(loader => loader.Kinds.Contains(import.Kind)).LoadAsync(reader, load, ct);
        }
        catch (ImportFileException e)
        {
            load.Issues.AddRange(e.Issues);
            load.IsUnreadable = true;
        }

        var (status, code, detail) = load.Outcome();
        load.Finish(status, Stopwatch.GetElapsedTime(started));
        if (status is not ImportStatus.Completed || load.Options.DryRun)
            await transaction.RollbackAsync(ct);
        // The end of a failed import or dry run is a transaction of its own; of any other it is part of the work.
        await using var ending = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await IssueStore.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), caller.TenantId, import.Id, load.Issues.Kept, ct);
        import.End(status, JsonSerializer.Serialize(load.Receipt, JsonSerializerOptions.Web), code, detail, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        run.Report("done", load.Size, load.Size);
        await JobEnding.EndWithinAsync((NpgsqlConnection)db.Database.GetDbConnection(), run, ct);
        await (ending ?? transaction).CommitAsync(CancellationToken.None);
    }

    public async Task EndedWithoutSuccessAsync(JobRun run, bool cancelled, string? code, string? detail, CancellationToken ct)
    {
        var import = await db.Imports.SingleAsync(i => i.Id == run.ResourceId, ct);
        if (import.Status is not (ImportStatus.Queued or ImportStatus.Running))
            return;
        import.End(cancelled ? ImportStatus.Cancelled : ImportStatus.Failed, null, code, detail, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>One run over one file.</summary>
internal sealed class ImportLoad(Guid importId, ImportKind kind, ImportOptions options, JobRun run, Func<CancellationToken, Task<ImportReader>> open)
{
    public Guid ImportId => importId;
    public ImportKind Kind => kind;
    public ImportOptions Options => options;
    public IssueLog Issues { get; private set; } = new();
    public ImportReceipt Receipt { get; private set; } = new();

    /// <summary>Bytes of the upload.</summary>
    public long Size { get; set; }

    /// <summary>The file as a whole cannot be taken.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>Something has to be refused, so that nothing needs to be staged any more; reading goes on to find all that is wrong.</summary>
    public bool IsLost => IsUnreadable || (Issues.HasErrors && options.OnError is OnError.Abort);

    /// <summary>Opens the file from its beginning.</summary>
    /// <exception cref="ImportFileException">The file as a whole cannot be taken.</exception>
    public Task<ImportReader> OpenAsync(CancellationToken ct) => open(ct);

    /// <summary>Takes over what was found of a roster when it came.</summary>
    /// <exception cref="ImportFileException">The roster cannot be taken.</exception>
    public void TakeRoster()
    {
        if (options.Roster is not { } roster)
            return;
        if (roster.IsUnreadable)
            throw new ImportFileException(roster.Issues);
        Issues.AddRange(roster.Issues);
        Receipt.Ignored = roster.Ignored;
    }

    /// <summary>Forgets what was found, to read the file once more.</summary>
    public void StartOver() => (Issues, Receipt) = (new(), new());

    public void Report(string step, long bytes) => run.Report(step, bytes, Size);

    /// <summary>Counts what a batch held.</summary>
    public void Count(ImportBatch batch, int rejectedHere)
    {
        Issues.AddRange(batch.Issues);
        Receipt.Records += batch.RecordsRead;
        Receipt.Rejected += batch.RecordsRejected + rejectedHere;
        Receipt.Repeated += batch.RecordsRepeated;
        Report("reading rows", batch.BytesRead);
    }

    public (ImportStatus Status, string? Code, string? Detail) Outcome()
    {
        if (IsUnreadable)
        {
            // What is wrong with the file as a whole tells more than what is wrong with a row.
            var told = Issues.Kept.FirstOrDefault(issue => issue is { Record: 0, Severity: ImportSeverity.Error }) ?? Issues.Kept.First(issue => issue.Severity is ImportSeverity.Error);
            return (ImportStatus.Failed, told.Code, told.Detail);
        }

        if (IsLost)
            return (ImportStatus.Failed, ImportLoadCodes.Refused, $"{Receipt.Rejected} of {Receipt.Records} records have errors, so nothing was taken; mend them, or send onError=skip to take the others.");
        if (Receipt.Records > 0 && Receipt.Rejected == Receipt.Records)
            return (ImportStatus.Failed, ImportLoadCodes.Refused, "Every record has an error; nothing was taken.");
        if (Issues.HasAtypical && !options.AcceptWarnings && !options.DryRun)
            return (ImportStatus.Failed, ImportLoadCodes.WarningsNotAccepted, "Some values are unusual, so nothing was taken; look at the warnings, and send acceptWarnings=true if they are right.");
        return (ImportStatus.Completed, null, null);
    }

    public void Finish(ImportStatus status, TimeSpan elapsed)
    {
        // Nothing of a failed import is in, however far it came.
        if (status is ImportStatus.Failed)
            Receipt = new ImportReceipt { Records = Receipt.Records, Rejected = Receipt.Rejected, Repeated = Receipt.Repeated };
        else
            Receipt.Accepted = Receipt.Records - Receipt.Rejected;
        Receipt.Issues = Issues.Groups();
        Receipt.IssuesComplete = Issues.IsComplete;
        Receipt.Seconds = Math.Round(elapsed.TotalSeconds, 3);
        Receipt.DryRun = options.DryRun;
    }
}

/// <summary>Brings the records of some kinds of file in, within the open transaction.</summary>
internal interface IRecordLoader
{
    IReadOnlyCollection<ImportKind> Kinds { get; }

    Task LoadAsync(ImportReader reader, ImportLoad load, CancellationToken ct);
}
