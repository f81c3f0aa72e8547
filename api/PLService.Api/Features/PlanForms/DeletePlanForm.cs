using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanForms;

/// <summary>Deletes a form of the tenant's own. No plan loses anything by it.</summary>
internal static class DeletePlanForm
{
    public static void Map(RouteGroupBuilder forms) =>
        forms.MapDelete("/{code}", Handle)
            .UseCase(nameof(DeletePlanForm), "Delete a form for plans")
            .RequireScope(Scopes.PlansWrite)
            .RequireTenantAuthor()
            .Refuses(PlanFormErrors.IsCatalog);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(string code, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.PlanForms.Where(t => t.Code == code).OrderByDescending(t => t.TenantId).FirstOrDefaultAsync(ct) is not { } form)
            return Problems.NotFound("plan_form");
        if (form.TenantId == Guid.Empty)
            return PlanFormErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(form.Version) is { } stale)
            return stale;

        db.Remove(form);
        audit.Record("planForm.deleted", form.Id, organizationId: null, new { code });
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
