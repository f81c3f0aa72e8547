namespace PLService.Api.Features.Imports.Reading.Rows;

/// <summary>Reads records of one kind into batches.</summary>
/// <typeparam name="TBatch">What is handed on.</typeparam>
internal interface IRows<out TBatch>
{
    /// <summary>Nothing was taken since the last batch.</summary>
    bool IsEmpty { get; }

    /// <summary>The batch has as much as one should have.</summary>
    bool IsFull { get; }

    /// <summary>Takes the record at which the source stands.</summary>
    void Take();

    /// <summary>Hands on what was taken, and begins anew.</summary>
    TBatch Complete();
}
