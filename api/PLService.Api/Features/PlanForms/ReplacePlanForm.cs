using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanForms;

/// <summary>Replaces a form of the tenant's own. Its code stays.</summary>
internal static class ReplacePlanForm
{
    public static void Map(RouteGroupBuilder forms) =>
        forms.MapPut("/{code}", Handle)
            .UseCase(nameof(ReplacePlanForm), "Replace a form for plans")
            .RequireScope(Scopes.PlansWrite)
            .RequireTenantAuthor()
            .Validate<PlanFormDocument>()
            .Refuses(PlanFormErrors.IsCatalog, PlanFormErrors.CodeMismatch)
            .Example(PlanFormResponse.SampleDocument, PlanFormResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanFormResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, PlanFormDocument document, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.PlanForms.Where(t => t.Code == code).OrderByDescending(t => t.TenantId).FirstOrDefaultAsync(ct) is not { } form)
            return Problems.NotFound("plan_form");
        if (form.TenantId == Guid.Empty)
            return PlanFormErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(form.Version) is { } stale)
            return stale;
        if (document.Code != code)
            return PlanFormErrors.CodeMismatch.ToConflict();

        form.Rewrite(document);
        audit.Record("planForm.changed", form.Id, organizationId: null, new { code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PlanFormResponse.Of(form));
    }
}
