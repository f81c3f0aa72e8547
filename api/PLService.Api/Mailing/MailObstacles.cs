using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Persistence;

namespace PLService.Api.Mailing;

/// <summary>Which addresses are not written to unasked: those that do not want the kind, and those from which the last mail came back.</summary>
internal sealed class MailObstacles(PLServiceDbContext db, TenantReader reader, Caller caller)
{
    // From the few that bounced: to look for the last mail of each address makes the planner read all mail of the tenant for each.
    private const string LastBounced =
        """
        with bounced as materialized (
            select a.address, m.id from unnest($2::text[]) a(address)
            join pls.mail m on m.tenant_id = $1 and m.status = 'bounced' and lower(m.recipient_address) = lower(a.address)
        )
        select b.address from bounced b
        where not exists (
            select from pls.mail m where m.tenant_id = $1 and m.status = 'sent' and lower(m.recipient_address) = lower(b.address) and m.id > b.id)
        """;

    /// <summary>Looks for many addresses at once.</summary>
    public async Task<Found> OfAsync(MailKind kind, IReadOnlyCollection<string> addresses, CancellationToken ct) =>
        new(await UnwantedAsync(db, kind, addresses, ct), await BouncedAsync(addresses, ct));

    /// <summary>What stands in the way of which address.</summary>
    public sealed class Found(HashSet<string> unwanted, HashSet<string> bounced)
    {
        public bool IsUnsubscribed(string address) => unwanted.Contains(KeyOf(address));

        public bool HasBounced(string address) => bounced.Contains(address);
    }

    /// <summary>The keys of those addresses that do not want the kind.</summary>
    public static async Task<HashSet<string>> UnwantedAsync(PLServiceDbContext db, MailKind kind, IEnumerable<string> addresses, CancellationToken ct)
    {
        var hashes = addresses.Select(MailOptOut.HashOf).DistinctBy(Convert.ToHexString).ToList();
        var found = hashes.Count == 0
            ? []
            : await db.MailOptOuts.Where(optOut => optOut.Kind == kind && hashes.Contains(optOut.AddressHash)).Select(optOut => optOut.AddressHash).ToListAsync(ct);
        return found.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The key of an address.</summary>
    public static string KeyOf(string address) => Convert.ToHexString(MailOptOut.HashOf(address));

    private Task<HashSet<string>> BouncedAsync(IReadOnlyCollection<string> addresses, CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(LastBounced)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = caller.TenantId }, new NpgsqlParameter<string[]> { TypedValue = [.. addresses] } },
        },
        async (rows, token) =>
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            while (await rows.ReadAsync(token))
                found.Add(rows.GetString(0));
            return found;
        },
        ct);
}
