using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Plans;

/// <summary>Deletes a draft with all of its parts and its history. A plan that was active once is archived instead.</summary>
internal static class DeletePlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapDelete("/{id:guid}", Handle)
            .UseCase(nameof(DeletePlan), "Delete a draft of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Refuses(PlanErrors.Begun, PlanErrors.OwnPartsOnly, PlanErrors.DecidedOn);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, IfMatch ifMatch, PLServiceDbContext db, PlanDesk desk, StandardReferences references, AuditTrail audit, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(id, ct);
        if (plan is null)
            return refused!;
        if (ifMatch.Refuses(plan.Version) is { } stale)
            return stale;
        if (plan.Status is not PlanStatus.Draft)
            return PlanErrors.Begun.ToConflict();

        db.Remove(plan);
        audit.Record("plan.deleted", id, plan.OrganizationId);
        // What a team decided of it stays on record.
        if (await db.TryRemoveAsync(PlanErrors.DecidedOn, ct) is { } decided)
            return decided.ToConflict();
        await references.ReplaceAsync("plan", id, [], ct);
        return TypedResults.NoContent();
    }
}
