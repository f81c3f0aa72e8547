using Microsoft.EntityFrameworkCore;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Invitations;

/// <summary>A person whom an address names, as far as inviting needs to know them.</summary>
internal sealed record KnownPerson(Guid Id, string Name, string Email, string Language);

/// <summary>Whom an entry invites.</summary>
/// <param name="Key">The same for all entries that mean the same person.</param>
/// <param name="Known">The active person who has the address.</param>
/// <param name="IsDeactivated">Whether it is the address of somebody of the caller's who was deactivated, and of nobody active.</param>
internal sealed record InvitedPerson(string Key, KnownPerson? Known, bool IsDeactivated);

/// <summary>Finds all people whom a list invites in one query: an address is the same in whatever case, as the database sees it.</summary>
internal sealed class InvitedPeople(PLServiceDbContext db)
{
    public async Task<IReadOnlyList<InvitedPerson>> FindAsync(string[] emails, CancellationToken ct)
    {
        var tenantId = db.TenantId;
        var rows = await db.Database.SqlQuery<Row>(
            $"""
             select n.place as "Place", lower(n.email) as "Key", p.id as "Id", p.name as "Name", p.email as "Email", p.language as "Language", p.status = 'active' as "IsActive"
             from unnest({emails}) with ordinality n(email, place)
             left join pls.person p on p.tenant_id = {tenantId} and lower(p.email) = lower(n.email) and p.email is not null
             order by n.place
             """).ToListAsync(ct);
        var gone = rows.Where(row => row.IsActive is false).Select(row => row.Id!.Value).ToList();
        // Somebody of another's, whom the caller does not see, is no reason to refuse: the address is free.
        var own = gone.Count == 0 ? [] : await db.OwnPeople().Where(p => gone.Contains(p.Id)).Select(p => p.Id).ToHashSetAsync(ct);
        return [.. rows.GroupBy(row => row.Place).Select(found =>
        {
            var active = found.FirstOrDefault(row => row.IsActive is true);
            return new InvitedPerson(
                found.First().Key,
                active is null ? null : new(active.Id!.Value, active.Name!, active.Email!, active.Language!),
                active is null && found.Any(row => row.Id is { } id && own.Contains(id)));
        })];
    }

    private sealed record Row(long Place, string Key, Guid? Id, string? Name, string? Email, string? Language, bool? IsActive);
}
