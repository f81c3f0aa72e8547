using PLService.Api.Domain.Access;

namespace PLService.Api.Access.Providers;

/// <summary>
/// The keys of one issuer. They are fetched by one request at a time and not more often than every <see cref="Pause"/>, whatever is asked for:
/// a flood of invented names costs the provider, and us, one request each ten seconds. What is known goes on serving while the provider is away.
/// </summary>
internal sealed class IssuerKeys(string issuer, ProviderHttp http, TimeProvider clock, ILogger logger)
{
    /// <summary>The shortest time between two fetches, and the first pause after one that failed; it doubles with each further one.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause of a provider that stays away: as long it may take to notice that it is back.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How old keys are when they are fetched again beside the work.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <summary>Keys that could not be fetched again for so long verify nothing any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private Known _known = new(ProviderKeySet.Empty, null, DateTimeOffset.MinValue);
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private int _failures;
    private Task? _running;

    /// <summary>See <see cref="ProviderKeys.FindAsync"/>.</summary>
    public async ValueTask<ProviderKey?> FindAsync(string id, string algorithm, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Look(id, algorithm, now) is { } known)
        {
            RefreshBeside(now);
            return known;
        }

        if (Refresh(now) is { } running)
            await running.WaitAsync(ct);
        if (Look(id, algorithm, now) is { } found)
            return found;
        return now - _known.At < Patience ? null : throw new ProviderFaultException(IdentityProviderErrors.Unreachable);
    }

    public bool Holds(string id, string algorithm)
    {
        var now = clock.GetUtcNow();
        RefreshBeside(now);
        return Look(id, algorithm, now) is not null;
    }

    public void Learn(string keysAddress, ProviderKeySet keys)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            (_known, _failures, _notBefore) = (new(keys, keysAddress, now), 0, now + Pause);
        }
    }

    private ProviderKey? Look(string id, string algorithm, DateTimeOffset now) => now - _known.At < Patience ? _known.Keys.Find(id, algorithm) : null;

    private void RefreshBeside(DateTimeOffset now)
    {
        if (now - _known.At > Freshness)
            _ = Refresh(now);
    }

    /// <summary>The fetch that is under way, started now if there is none; null while it is too early for one.</summary>
    private Task? Refresh(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_running is { IsCompleted: false })
                return _running;
            if (now < _notBefore)
                return null;
            _notBefore = now + Pause;
            // Not the caller's work: it goes on when the caller goes away, and others wait for it.
            return _running = Task.Run(FetchAsync);
        }
    }

    private async Task FetchAsync()
    {
        // For both documents together: requests wait for this.
        using var limit = new CancellationTokenSource(ProviderHttp.Limit);
        try
        {
            // Where the keys are changes about never; after a failure it is asked again.
            var address = _failures == 0 ? _known.Address : null;
            address ??= (await ProviderMetadata.FetchAsync(http, issuer, limit.Token)).KeysAddress;
            Learn(address, ProviderKeySet.Parse(await http.GetAsync(address, limit.Token)));
        }
        catch (Exception e) when (e is ProviderFaultException or OperationCanceledException)
        {
            logger.LogWarning("The keys of {Issuer} could not be fetched: {Code}", issuer, (e as ProviderFaultException)?.Fault.Code ?? IdentityProviderErrors.TooSlow.Code);
            lock (_lock)
            {
                var pause = Pause * Math.Pow(2, Math.Min(_failures++, 10));
                _notBefore = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            }
        }
    }

    private sealed record Known(ProviderKeySet Keys, string? Address, DateTimeOffset At);
}
