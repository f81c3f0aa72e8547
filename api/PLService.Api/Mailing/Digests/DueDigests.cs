using Npgsql;
using PLService.Api.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing.Digests;

/// <summary>Somebody whose digest is due.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Email">Where to.</param>
/// <param name="Name">The name.</param>
/// <param name="Language">The language that the person reads.</param>
/// <param name="Today">Today's date where the person is.</param>
internal sealed record DigestReader(Guid PersonId, string Email, string Name, string Language, DateOnly Today);

/// <summary>
/// Finds whose digest is due, from seven in the morning where the person is: every day, or on Mondays. Whom it gives has had the digest of the day once
/// the caller's transaction is committed, and nobody else gets them.
/// </summary>
internal sealed class DueDigests(TenantReader reader, Caller caller, TimeProvider clock)
{
    private const int From = 7;

    private const string Zones =
        """
        select distinct coalesce(p.time_zone, o.time_zone, 'UTC')
        from pls.person p left join pls.organization o on o.tenant_id = p.tenant_id and o.id = p.organization_id
        where p.tenant_id = $1 and p.status = 'active' and p.email is not null and p.digest <> 'never'
        """;

    // In the order of ids, so that two who claim wait for each other and not in a circle.
    private const string Claim =
        """
        with due as (
            select p.id, z.today
            from pls.person p
            left join pls.organization o on o.tenant_id = p.tenant_id and o.id = p.organization_id
            join unnest($2::text[], $3::date[]) z(zone, today) on z.zone = coalesce(p.time_zone, o.time_zone, 'UTC')
            left join pls.digest d on d.tenant_id = p.tenant_id and d.person_id = p.id
            where p.tenant_id = $1 and p.status = 'active' and p.email is not null
                and (p.digest = 'daily' or p.digest = 'weekly' and extract(isodow from z.today) = 1)
                and (d.last_on is null or d.last_on < z.today)
            order by p.id limit $4
        ), claimed as (
            insert into pls.digest (tenant_id, person_id, last_on) select $1, due.id, due.today from due order by due.id
            on conflict (tenant_id, person_id) do update set last_on = excluded.last_on where pls.digest.last_on < excluded.last_on
            returning person_id, last_on
        )
        select p.id, p.email, p.name, p.language, c.last_on from claimed c join pls.person p on p.tenant_id = $1 and p.id = c.person_id
        """;

    /// <summary>The time zones of the tenant's people in which it is time, with today's date.</summary>
    public async Task<IReadOnlyDictionary<string, DateOnly>> TimeZonesAsync(CancellationToken ct)
    {
        var zones = await reader.ExecuteAsync(
            new NpgsqlBatchCommand(Zones) { Parameters = { Of(caller.TenantId) } },
            async (rows, token) =>
            {
                var found = new List<string>();
                while (await rows.ReadAsync(token))
                    found.Add(rows.GetString(0));
                return found;
            },
            ct);
        var now = clock.GetUtcNow();
        return zones.Select(zone => (zone, Local: TimeZoneInfo.ConvertTime(now, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc)))
            .Where(zone => zone.Local.Hour >= From).ToDictionary(zone => zone.zone, zone => DateOnly.FromDateTime(zone.Local.DateTime), StringComparer.Ordinal);
    }

    /// <summary>Some of those whose digest is due, who are the caller's from now on.</summary>
    public Task<List<DigestReader>> ClaimAsync(IReadOnlyDictionary<string, DateOnly> zones, int atMost, CancellationToken ct) => !reader.IsJoining
        ? throw new InvalidOperationException("Digests are claimed in the transaction that writes them.")
        : reader.ExecuteAsync(
            new NpgsqlBatchCommand(Claim) { Parameters = { Of(caller.TenantId), Of(zones.Keys.ToArray()), Of(zones.Values.ToArray()), Of(atMost) } },
            async (rows, token) =>
            {
                var found = new List<DigestReader>();
                while (await rows.ReadAsync(token))
                    found.Add(new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateOnly>(4)));
                return found;
            },
            ct);

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
