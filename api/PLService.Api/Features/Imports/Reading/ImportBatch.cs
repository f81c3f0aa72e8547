namespace PLService.Api.Features.Imports.Reading;

/// <summary>A chunk of a file, read and checked. Rejected records are not in it; the issues say which and why.</summary>
internal abstract class ImportBatch
{
    /// <summary>What was wrong, in the order of the file.</summary>
    public List<ImportIssue> Issues { get; } = [];

    /// <summary>Records read for this batch, rejected and repeated ones included.</summary>
    public int RecordsRead { get; internal set; }

    /// <summary>Records of those that have an error.</summary>
    public int RecordsRejected { get; internal set; }

    /// <summary>Records that repeat what an earlier record of the batch said.</summary>
    public int RecordsRepeated { get; internal set; }

    /// <summary>Bytes of the upload consumed when the batch was complete, for progress.</summary>
    public long BytesRead { get; internal set; }

    internal virtual void Clear()
    {
        Issues.Clear();
        (RecordsRead, RecordsRejected, RecordsRepeated, BytesRead) = (0, 0, 0, 0);
    }
}
