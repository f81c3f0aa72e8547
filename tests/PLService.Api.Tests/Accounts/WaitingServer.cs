using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Accounts;

/// <summary>A service whose time can be moved on. Each test moves it for itself alone: what others made a moment ago may be old then.</summary>
public sealed class WaitingServer : ApiServer
{
    private readonly MovableClock _clock = new();

    protected override TimeProvider Clock => _clock;

    public DateTimeOffset Now => _clock.GetUtcNow();

    public void Wait(TimeSpan time) => _clock.Advance(time);
}
