using System.Collections.Frozen;

namespace PLService.Api.Access.Providers;

/// <summary>
/// Which tenants trust which issuers. All of it is read at once and not more often than every <see cref="Freshness"/>, so that a token of an
/// issuer that nobody has heard of costs no query: whoever has no account could send as many of them as they like.
/// </summary>
internal sealed class TrustedIssuers(Door door, TimeProvider clock)
{
    /// <summary>How long a change may take to be seen by another process of the service; this one sees its own at once.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Reading? _reading;

    /// <summary>The active providers with this issuer.</summary>
    public async ValueTask<IReadOnlyList<TrustedProvider>> OfAsync(string issuer, CancellationToken ct) =>
        (await Current().WaitAsync(ct)).GetValueOrDefault(issuer) ?? [];

    /// <summary>This process has just changed a provider: no need to wait.</summary>
    public void Forget()
    {
        lock (_lock)
            _reading = null;
    }

    private Task<FrozenDictionary<string, TrustedProvider[]>> Current()
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_reading is not { } last || now - last.At >= Freshness || last.Task.IsFaulted)
                _reading = last = new(ReadAsync(), now);
            return last.Task;
        }
    }

    private async Task<FrozenDictionary<string, TrustedProvider[]>> ReadAsync()
    {
        // Not under the lock, and not the work of the caller who happens to come first.
        await Task.Yield();
        return (await door.TrustedProvidersAsync(CancellationToken.None))
            .GroupBy(provider => provider.Issuer, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    private sealed record Reading(Task<FrozenDictionary<string, TrustedProvider[]>> Task, DateTimeOffset At);
}
