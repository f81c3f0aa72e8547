using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Access.Accounts;

/// <summary>Issues what may be used once, and takes it back.</summary>
internal sealed class Tickets(PLServiceDbContext db, TimeProvider clock)
{
    private const string Prefix = "plt_";

    /// <summary>The tenant that a ticket is of; null when it is none.</summary>
    public static Guid? TenantOf(string? text) => SecretText.Read(text, Prefix)?.TenantId;

    /// <summary>A new ticket in its written form, which is nowhere else. It is saved with the next SaveChanges.</summary>
    public async Task<(string Text, AccountTicket Ticket)> IssueAsync(TicketKind kind, Guid? personId, string? data, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Whoever makes new ones takes the old ones away.
        await db.AccountTickets.Where(old => old.ExpiresAt < now).ExecuteDeleteAsync(ct);
        var secret = SecretText.NewSecret();
        var ticket = new AccountTicket
        {
            Kind = kind,
            PersonId = personId,
            Hash = SHA256.HashData(secret),
            Data = data,
            CreatedAt = now,
            ExpiresAt = now + AccountTicket.LifetimeOf(kind),
        };
        db.Add(ticket);
        return (new SecretText(db.TenantId, ticket.Id, secret).Write(Prefix), ticket);
    }

    /// <summary>
    /// The ticket, locked until the transaction ends, so that of two who use it at the same time the second finds none. Whoever has used it
    /// removes it. Null when it is none, of another kind, too old, or used.
    /// </summary>
    public async Task<AccountTicket?> FindAsync(string? text, CancellationToken ct, params TicketKind[] kinds)
    {
        if (SecretText.Read(text, Prefix) is not { } written || written.TenantId != db.TenantId)
            return null;
        await db.Database.ExecuteSqlAsync($"select 1 from pls.account_ticket where tenant_id = {db.TenantId} and id = {written.Id} for update", ct);
        var now = clock.GetUtcNow();
        var ticket = await db.AccountTickets.SingleOrDefaultAsync(t => t.Id == written.Id && t.ExpiresAt > now, ct);
        return ticket is not null && kinds.Contains(ticket.Kind) && CryptographicOperations.FixedTimeEquals(ticket.Hash, written.Hash) ? ticket : null;
    }
}
