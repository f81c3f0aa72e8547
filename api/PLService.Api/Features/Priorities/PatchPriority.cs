using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Changes title, reason or target of a priority (JSON Merge Patch, RFC 7396).</summary>
internal static class PatchPriority
{
    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPatch("/{id:guid}/priorities/{priorityId:guid}", Handle)
            .UseCase(nameof(PatchPriority), "Change a priority")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<PriorityContent>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen)
            .Example(new { target = new { favorableShare = 0.5 } }, PriorityResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PriorityResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid priorityId, MergePatch<PriorityContent> patch, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, _, priority, refused) = await desk.FindPriorityAsync(id, priorityId, ifMatch, isFixedWhileVoting: true, ct);
        if (list is null || priority is null)
            return refused!;
        var (wanted, invalid) = patch.Apply(PlanJson.Read<PriorityContent>(priority.Content));
        if (wanted is null)
            return invalid!;
        if (PriorityDesk.RefusesTarget(await desk.ItemsOfAsync(list, ct), wanted, priority.Items) is { } target)
            return target;

        priority.Become(wanted);
        if (db.ChangedMembersOf(priority).Count > 0)
        {
            db.Touch(list);
            audit.Record("priorityList.changed", id, list.OrganizationId, new { changed = priorityId, fields = patch.Members });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PriorityResponse.Of(priority, list.DotsWithheld));
    }
}
