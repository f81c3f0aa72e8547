using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>Makes people members of a team.</summary>
internal sealed class MemberList(PLServiceDbContext db)
{
    /// <summary>Makes <paramref name="wanted"/> the members. Who comes in has to be an active person within reach; who is in may stay.</summary>
    /// <returns>Whether anything changed, or why it cannot.</returns>
    public async Task<(bool Changed, DomainError? Refused)> SetAsync(Guid runId, IReadOnlyList<MemberRequest> wanted, CancellationToken ct)
    {
        var present = await db.ToolkitRunMembers.Where(m => m.RunId == runId).ToDictionaryAsync(m => m.PersonId, ct);
        var coming = wanted.Where(member => !present.ContainsKey(member.PersonId)).Select(member => member.PersonId).ToArray();
        if (coming.Length > 0 && await db.ReachablePeople().CountAsync(p => coming.Contains(p.Id) && p.Status == PersonStatus.Active, ct) < coming.Length)
            return (false, ToolkitRunErrors.UnknownPerson);

        var staying = wanted.Select(member => member.PersonId).ToHashSet();
        db.RemoveRange(present.Values.Where(member => !staying.Contains(member.PersonId)));
        foreach (var member in wanted)
        {
            if (present.TryGetValue(member.PersonId, out var known))
                known.Role = member.Role;
            else
                db.Add(new ToolkitRunMember { RunId = runId, PersonId = member.PersonId, Role = member.Role });
        }

        return (db.ChangeTracker.Entries<ToolkitRunMember>().Any(entry => entry.State is not EntityState.Unchanged), null);
    }
}
