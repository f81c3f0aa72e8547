using PLService.Api.Persistence;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>The machine's clock, set ahead by as much as a test wants to wait.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly StoredClock _machine = new();
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => _machine.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
