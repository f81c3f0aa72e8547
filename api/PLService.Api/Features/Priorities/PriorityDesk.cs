using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// What changes of priority lists have in common. Whoever changes a list locks it first, and whoever votes holds it: votes do not wait for each other, and
/// none comes in while they are counted.
/// </summary>
internal sealed class PriorityDesk(PLServiceDbContext db, InstrumentVersions versions, Leadership leadership)
{
    /// <summary>The list with its priorities, locked for a change by those who lead where it is.</summary>
    /// <param name="id">The list.</param>
    /// <param name="ifMatch">The version of the list that was read; null where another one decides.</param>
    /// <param name="isFixedWhileVoting">Whether it cannot be done while people vote.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(PriorityList? List, List<Priority> Priorities, JsonHttpResult<ApiProblem>? Refused)> FindForLeadingAsync(
        Guid id, IfMatch? ifMatch, bool isFixedWhileVoting, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.priority_list where tenant_id = {db.TenantId} and id = {id} for update", ct);
        if (await db.ReachablePriorityLists().SingleOrDefaultAsync(list => list.Id == id, ct) is not { } list)
            return (null, [], Problems.NotFound("priority_list"));
        if (!await LeadsAsync(list, ct))
            return (null, [], PriorityErrors.LeadersOnly.ToConflict());
        if (ifMatch?.Refuses(list.Version) is { } stale)
            return (null, [], stale);
        if (isFixedWhileVoting && list.Voting is VotingStatus.Open)
            return (null, [], PriorityErrors.VotingIsOpen.ToConflict());
        return (list, await PrioritiesOfAsync(id, ct), null);
    }

    /// <summary>The list and one of its priorities, locked for a change that people's votes do not depend on, or that is refused while they vote.</summary>
    public async Task<(PriorityList? List, List<Priority> Priorities, Priority? Priority, JsonHttpResult<ApiProblem>? Refused)> FindPriorityAsync(
        Guid id, Guid priorityId, IfMatch ifMatch, bool isFixedWhileVoting, CancellationToken ct)
    {
        var (list, priorities, refused) = await FindForLeadingAsync(id, null, isFixedWhileVoting, ct);
        if (list is null)
            return (null, [], null, refused);
        if (priorities.Find(one => one.Id == priorityId) is not { } priority)
            return (null, [], null, Problems.NotFound("priority"));
        return ifMatch.Refuses(priority.Version) is { } stale ? (null, [], null, stale) : (list, priorities, priority, null);
    }

    /// <summary>The list, which stays as it is until this transaction ends; others may hold it as well.</summary>
    public async Task<PriorityList?> HoldAsync(Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.priority_list where tenant_id = {db.TenantId} and id = {id} for share", ct);
        return await db.ReachablePriorityLists().AsNoTracking().SingleOrDefaultAsync(list => list.Id == id, ct);
    }

    public Task<bool> LeadsAsync(PriorityList list, CancellationToken ct) => leadership.HasAsync(Scopes.PlansWrite, list.OrganizationId, ct);

    public Task<List<Priority>> PrioritiesOfAsync(Guid listId, CancellationToken ct) =>
        db.Priorities.Where(p => p.ListId == listId).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(ct);

    /// <summary>What the items of the list's assessment said in the result that the list is made from.</summary>
    public Task<AssessedItems> ItemsOfAsync(PriorityList list, CancellationToken ct) => ItemsOfAsync(list.AssessmentId, list.ResultRevision, ct);

    public async Task<AssessedItems> ItemsOfAsync(Guid assessmentId, int revision, CancellationToken ct)
    {
        var document = await db.AssessmentResults.Where(r => r.AssessmentId == assessmentId && r.Revision == revision).Select(r => r.Document).SingleAsync(ct);
        var version = await versions.OfAssessmentAsync(assessmentId, ct) ?? throw new InvalidOperationException($"The assessment {assessmentId} has no instrument.");
        return new AssessedItems(ResultDocument.Read(Encoding.UTF8.GetBytes(document)), version.Layout);
    }

    /// <summary>Where a priority that is added stands.</summary>
    public static int NextPosition(IEnumerable<Priority> priorities) => priorities.Select(p => p.Position).DefaultIfEmpty(-1).Max() + 1;

    /// <summary>A target that names a level which its items do not have.</summary>
    public static JsonHttpResult<ApiProblem>? RefusesTarget(AssessedItems items, PriorityContent content, IEnumerable<string> codes) =>
        content.Target?.Level is not { } level || items.IsLevel(codes, level)
            ? null
            : Problems.Invalid("/target/level", "priority.unknown_level", $"Not all items of the priority have a level {level} on the instrument's first axis.");
}
