using Npgsql;
using PLService.Api.Persistence;

namespace PLService.Api.Access;

/// <summary>
/// Makes a revocation take effect before tokens expire: asks at most once per <see cref="Freshness"/> and client whether it is still live,
/// and remembers the answer in between.
/// </summary>
internal sealed class RevokedClients(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>How old the knowledge about a client may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 10_000;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, (bool Live, DateTimeOffset At)> _known = new();

    public async ValueTask<bool> IsLiveAsync(CallerIdentity identity, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = identity.ApiClientId!.Value;
        if (_known.TryGetValue(id, out var known) && now - known.At < Freshness)
            return known.Live;

        if (_known.Count > MaxRemembered)
            _known.Clear();
        var live = await AskAsync(identity, ct);
        // What was asked before this process revoked the client must not bring it back to life.
        return _known.AddOrUpdate(id, (live, now), (_, other) => other.Live || other.At < now ? (live, now) : other).Live;
    }

    /// <summary>This process has just revoked it: no need to wait.</summary>
    public void Bury(Guid clientId) => _known[clientId] = (false, clock.GetUtcNow());

    private async Task<bool> AskAsync(CallerIdentity identity, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(identity);
        return await new TenantReader(source, caller).ExecuteAsync(
            new NpgsqlBatchCommand("select 1 from pls.api_client where tenant_id = $1 and id = $2 and revoked_at is null")
            {
                Parameters = { new() { Value = identity.TenantId }, new() { Value = identity.ApiClientId!.Value } },
            },
            (reader, token) => reader.ReadAsync(token),
            ct);
    }
}
