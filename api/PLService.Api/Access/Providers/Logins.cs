using System.Collections.Concurrent;
using Npgsql;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Providers;

/// <summary>Which person is meant by a login, remembered for a few seconds: it changes about never.</summary>
internal sealed class Logins(NpgsqlDataSource source, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How old the knowledge about a login may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<(Guid TenantId, Guid ProviderId, string Subject), (Guid PersonId, DateTimeOffset At)> _known = new();

    /// <summary>The person whom the login is linked to; links it first where the tenant lets a verified address decide. Null: nobody is meant.</summary>
    public async ValueTask<Guid?> FindPersonAsync(ProviderLogin login, CancellationToken ct)
    {
        var (key, now) = ((login.TenantId, login.ProviderId, login.Subject), clock.GetUtcNow());
        if (_known.TryGetValue(key, out var known) && now - known.At < Freshness)
            return known.PersonId;
        if ((await ReadAsync(login, ct) ?? await LinkByEmailAsync(login, ct)) is not { } person)
            return null;

        if (_known.Count >= MaxRemembered)
            _known.Clear();
        return (_known[key] = (person, now)).PersonId;
    }

    private Task<Guid?> ReadAsync(ProviderLogin login, CancellationToken ct)
    {
        var caller = new Caller();
        caller.Become(CallerIdentity.Service(login.TenantId));
        return new TenantReader(source, caller).ExecuteAsync(
            new NpgsqlBatchCommand("select person_id from pls.person_login where tenant_id = $1 and provider_id = $2 and subject = $3")
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = login.TenantId },
                    new NpgsqlParameter<Guid> { TypedValue = login.ProviderId },
                    new NpgsqlParameter<string> { TypedValue = login.Subject },
                },
            },
            async (rows, token) => await rows.ReadAsync(token) ? rows.GetGuid(0) : (Guid?)null,
            ct);
    }

    // A unit of work of its own, for the service: the request that brought the token may be one that only reads.
    private async Task<Guid?> LinkByEmailAsync(ProviderLogin login, CancellationToken ct)
    {
        if (login.Email is null || !login.EmailVerified)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(login.TenantId));
        return await scope.ServiceProvider.GetRequiredService<EmailLinks>().LinkAsync(login, ct);
    }
}
