namespace PLService.Api.Access;

/// <summary>
/// How many wrong guesses are taken in a period. When they are used up nothing is taken for a pause, which doubles each time they are used up
/// again, and shrinks back while things are quiet. Not for use by several threads at once.
/// </summary>
/// <param name="allowed">Wrong guesses in <see cref="Period"/>.</param>
/// <param name="pause">The first pause.</param>
/// <param name="longestPause">The longest one.</param>
internal sealed class GuessBudget(int allowed, TimeSpan pause, TimeSpan longestPause)
{
    /// <summary>In which wrong guesses add up.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private DateTimeOffset _periodBegan = DateTimeOffset.MinValue;
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;
    private int _wrong;
    private int _doubled;

    /// <summary>How long nothing is taken; zero when a guess may be made.</summary>
    public TimeSpan Wait(DateTimeOffset now) => _closedUntil > now ? _closedUntil - now : TimeSpan.Zero;

    /// <summary>Notes a wrong guess.</summary>
    public void Miss(DateTimeOffset now)
    {
        Turn(now);
        if (++_wrong < allowed)
            return;
        _closedUntil = now + TimeSpan.FromTicks(Math.Min(pause.Ticks << _doubled, longestPause.Ticks));
        // What was closed begins a period of its own afterwards.
        (_wrong, _periodBegan) = (0, _closedUntil);
        if (pause.Ticks << _doubled < longestPause.Ticks)
            _doubled++;
    }

    /// <summary>Whether nothing of the past counts any more.</summary>
    public bool IsForgotten(DateTimeOffset now) => now - _periodBegan > Period * (_doubled + 1);

    private void Turn(DateTimeOffset now)
    {
        while (now - _periodBegan > Period)
        {
            if (IsForgotten(now))
            {
                (_periodBegan, _wrong, _doubled) = (now, 0, 0);
                return;
            }

            (_periodBegan, _wrong, _doubled) = (_periodBegan + Period, 0, Math.Max(0, _doubled - 1));
        }
    }
}
