using System.Diagnostics;
using Npgsql;

namespace PLService.Api.Persistence.Assessments;

/// <summary>
/// Lets responses that arrive while others of their tenant are being written go together: one statement, one transaction, one wait for the disk.
/// Nobody waits for company: who comes while nothing is being written is written at once, who comes meanwhile goes with the next lot.
/// </summary>
internal sealed class ResponseQueues(NpgsqlDataSource source)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Queue<Place>> _queues = [];

    /// <summary>
    /// True when the response was stored; false when it was left out, because something speaks against it, or somebody would have had to be
    /// waited for: what it is shows when it is tried by itself.
    /// </summary>
    public async Task<bool> StoreAsync(NewResponse row, ResponseAuthor author, CancellationToken ct)
    {
        var place = new Place(row, author);
        bool isFirst;
        lock (_lock)
        {
            // A tenant has a queue exactly as long as something of it is being written.
            isFirst = !_queues.TryGetValue(author.TenantId, out var waiting);
            if (isFirst)
                _queues.Add(author.TenantId, new());
            else
                waiting!.Enqueue(place);
        }

        if (isFirst)
            _ = WriteAllAsync(author.TenantId, [place]);
        try
        {
            return await place.Stored.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            place.Stored.TrySetCanceled(CancellationToken.None);
            throw;
        }
    }

    // Never ends with a caller: the others are not his.
    private async Task WriteAllAsync(Guid tenantId, List<Place> places)
    {
        for (; places.Count > 0; places = Next(tenantId))
        {
            try
            {
                // A trace shows the statement with the first whom it serves, and not with whoever was served before.
                Activity.Current = places[0].Author.Request;
                var stored = await ResponseBatch.WriteAsync(source, places);
                foreach (var place in places)
                    place.Stored.TrySetResult(stored.Contains(place.Row.Id));
            }
            catch (Exception failure) when (DatabaseFaults.IsAway(failure) && !DatabaseFaults.IsRolledBack(failure))
            {
                // Nobody knows whether they were stored, so that nobody may try again but the caller.
                foreach (var place in places)
                    place.Stored.TrySetException(failure);
            }
            catch (Exception)
            {
                // What one row is refused for does not concern the others: each tries by itself and meets what it deserves.
                foreach (var place in places)
                    place.Stored.TrySetResult(false);
            }
        }
    }

    private List<Place> Next(Guid tenantId)
    {
        var next = new List<Place>();
        lock (_lock)
        {
            var waiting = _queues[tenantId];
            for (var size = 0; waiting.TryPeek(out var place) && (next.Count == 0 || (next.Count < ResponseBatch.MaxRows && size + place.Size <= ResponseBatch.MaxSize));)
            {
                waiting.Dequeue();
                // Whoever hung up while waiting wants nothing any more.
                if (place.Stored.Task.IsCompleted)
                    continue;
                next.Add(place);
                size += place.Size;
            }

            if (next.Count == 0)
                _queues.Remove(tenantId);
        }

        return next;
    }

    /// <summary>A response in the queue.</summary>
    internal sealed record Place(NewResponse Row, ResponseAuthor Author)
    {
        public TaskCompletionSource<bool> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Its part of a statement, roughly in bytes.</summary>
        public int Size => (Row.CommentsJson?.Length ?? 0) + (3 * Row.Levels.Length);
    }
}
