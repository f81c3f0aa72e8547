using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanTemplates;

/// <summary>Deletes a template of the tenant's own. Plans that began from it stay as they are, and keep its code.</summary>
internal static class DeletePlanTemplate
{
    public static void Map(RouteGroupBuilder templates) =>
        templates.MapDelete("/{code}", Handle)
            .UseCase(nameof(DeletePlanTemplate), "Delete a template of plans")
            .RequireScope(Scopes.PlansWrite)
            .RequireTenantAuthor()
            .Refuses(PlanTemplateErrors.IsCatalog);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(string code, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.PlanTemplates.Where(t => t.Code == code).OrderByDescending(t => t.TenantId).FirstOrDefaultAsync(ct) is not { } template)
            return Problems.NotFound("plan_template");
        if (template.TenantId == Guid.Empty)
            return PlanTemplateErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(template.Version) is { } stale)
            return stale;

        db.Remove(template);
        audit.Record("planTemplate.deleted", template.Id, organizationId: null, new { code });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
