using System.Collections.Concurrent;

namespace PLService.Api.Access;

/// <summary>
/// Grants that were read a moment ago, so that most requests of a person need no round trip of their own to find out what the person may do. A change of
/// them is heard of as soon as it is committed, by whichever process (see <see cref="GrantNews"/>), and takes effect with the next request; a process that
/// cannot hear remembers nothing.
/// </summary>
internal sealed class GrantCache(TimeProvider clock)
{
    /// <summary>How long grants are remembered at most: should news ever be lost on the way without the connection ending, that is how late they are.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 10_000;

    // A day begins on a quarter of an hour in every time zone, and memberships begin and end with days.
    private static readonly TimeSpan Day = TimeSpan.FromMinutes(15);

    // How often anything changed for a person, counted together for all whose ids fall on the same place.
    private readonly long[] _changes = new long[4096];
    private readonly ConcurrentDictionary<(Guid PersonId, Guid? SessionId), (IReadOnlyList<Grant> Grants, long Changes, DateTimeOffset Until)> _known = new();
    private long _changesOfAll;
    private volatile bool _hears;

    /// <summary>Whether changes made by other processes are heard of.</summary>
    public bool Hears
    {
        get => _hears;
        set
        {
            // What was missed meanwhile is not known.
            Forget();
            _hears = value;
        }
    }

    /// <summary>What to hand to <see cref="Remember"/>: taken before grants are read, so that a change meanwhile is not missed.</summary>
    public long Changes(Guid personId) => Volatile.Read(ref _changesOfAll) + Volatile.Read(ref Place(personId));

    /// <summary>The grants of a person in a session; null when they have to be read.</summary>
    public IReadOnlyList<Grant>? Find(CallerIdentity person)
    {
        var id = person.PersonId!.Value;
        return _hears && _known.TryGetValue((id, person.SessionId), out var known) && known.Changes == Changes(id) && clock.GetUtcNow() < known.Until ? known.Grants : null;
    }

    /// <param name="person">The person, in a session.</param>
    /// <param name="grants">What was read.</param>
    /// <param name="changes">What <see cref="Changes"/> was before.</param>
    /// <param name="end">When the session ends unless it is refreshed; null for none.</param>
    public void Remember(CallerIdentity person, IReadOnlyList<Grant> grants, long changes, DateTimeOffset? end)
    {
        var now = clock.GetUtcNow();
        var nextDay = new DateTimeOffset((now.UtcTicks / Day.Ticks + 1) * Day.Ticks, TimeSpan.Zero);
        var until = new[] { now + Freshness, nextDay, end ?? DateTimeOffset.MaxValue }.Min();
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        _known[(person.PersonId!.Value, person.SessionId)] = (grants, changes, until);
    }

    /// <summary>Something changed for a person.</summary>
    public void Forget(Guid personId) => Interlocked.Increment(ref Place(personId));

    /// <summary>Something changed for many.</summary>
    public void Forget() => Interlocked.Increment(ref _changesOfAll);

    private ref long Place(Guid personId) => ref _changes[(uint)personId.GetHashCode() % _changes.Length];
}
