using System.Diagnostics;
using Npgsql;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reminding;

/// <summary>Counts what is sent to the database of a server, as Npgsql's traces tell it: a command or a batch is one.</summary>
internal sealed class StatementCount : IDisposable
{
    private readonly ActivityListener _listener;
    private int _count;

    public StatementCount(ApiServer api)
    {
        var database = new NpgsqlConnectionStringBuilder(api.Database.App).Database!;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => tag.Value is string value && value.Contains(database, StringComparison.Ordinal)))
                    Interlocked.Increment(ref _count);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
