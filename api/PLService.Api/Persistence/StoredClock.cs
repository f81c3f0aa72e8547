namespace PLService.Api.Persistence;

/// <summary>The system's clock, to the microsecond: what PostgreSQL keeps of a time. An answer made from memory then says what a later reading says.</summary>
internal sealed class StoredClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
