using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanTemplates;

/// <summary>Replaces a template of the tenant's own. Its code stays; plans that began from it stay as they are.</summary>
internal static class ReplacePlanTemplate
{
    public static void Map(RouteGroupBuilder templates) =>
        templates.MapPut("/{code}", Handle)
            .UseCase(nameof(ReplacePlanTemplate), "Replace a template of plans")
            .RequireScope(Scopes.PlansWrite)
            .RequireTenantAuthor()
            .Validate<PlanTemplateDocument>()
            .Refuses(PlanTemplateErrors.IsCatalog, PlanTemplateErrors.CodeMismatch)
            .Example(PlanTemplateResponse.SampleDocument, PlanTemplateResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<PlanTemplateResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, PlanTemplateDocument document, IfMatch ifMatch, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.PlanTemplates.Where(t => t.Code == code).OrderByDescending(t => t.TenantId).FirstOrDefaultAsync(ct) is not { } template)
            return Problems.NotFound("plan_template");
        if (template.TenantId == Guid.Empty)
            return PlanTemplateErrors.IsCatalog.ToConflict();
        if (ifMatch.Refuses(template.Version) is { } stale)
            return stale;
        if (document.Code != code)
            return PlanTemplateErrors.CodeMismatch.ToConflict();

        template.Rewrite(document);
        audit.Record("planTemplate.changed", template.Id, organizationId: null, new { code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PlanTemplateResponse.Of(template));
    }
}
