using System.Collections.Concurrent;

namespace PLService.Api.Persistence.Rollups;

/// <summary>
/// What was read and worked out of a tenant's roll-ups, for as long as their stamp stays what it was. What decides whether a figure may be
/// shown takes far longer to work out than a figure takes to read, and is the same for whoever asks.
/// </summary>
internal sealed class RollupCache
{
    private const int MaxRemembered = 1_000;

    private readonly ConcurrentDictionary<Key, (long Stamp, RollupAnswer Answer)> _answers = new();

    /// <summary>The answer to the same question in the same state of the roll-ups; null when there is none.</summary>
    public RollupAnswer? Find(Key key, long stamp) => _answers.TryGetValue(key, out var known) && known.Stamp == stamp ? known.Answer : null;

    public void Remember(Key key, long stamp, RollupAnswer answer)
    {
        if (_answers.Count >= MaxRemembered)
            _answers.Clear();
        _answers[key] = (stamp, answer);
    }

    /// <summary>A question about an organization; null is the tenant's only root.</summary>
    internal sealed record Key(Guid TenantId, Guid? OrganizationId, RollupQuestion Question);
}
