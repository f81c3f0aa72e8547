using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanTemplates;

/// <summary>
/// Adds a template of the tenant's own, from which its organizations begin plans. Exporting a plan as a template gives such a document. A template has 1,000
/// parts at most, a tenant 200 templates; a code of the catalog is refused, so that one code never means two templates.
/// </summary>
internal static class CreatePlanTemplate
{
    internal const int Most = 200;

    public static void Map(RouteGroupBuilder templates) =>
        templates.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanTemplate), "Add a template of plans")
            .RequireScope(Scopes.PlansWrite)
            .RequireTenantAuthor()
            .Validate<PlanTemplateDocument>()
            .Refuses(PlanTemplateErrors.IsCatalog, PlanTemplateErrors.CodeTaken, PlanTemplateErrors.TooMany)
            .Example(PlanTemplateResponse.SampleDocument, PlanTemplateResponse.Sample);

    private static async Task<Results<Created<PlanTemplateResponse>, JsonHttpResult<ApiProblem>>> Handle(
        PlanTemplateDocument document, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.PlanTemplates.AnyAsync(t => t.TenantId == Guid.Empty && t.Code == document.Code, ct))
            return PlanTemplateErrors.IsCatalog.ToConflict();
        if (await db.PlanTemplates.CountAsync(t => t.TenantId != Guid.Empty, ct) >= Most)
            return PlanTemplateErrors.TooMany.ToConflict();

        var template = PlanTemplate.Create(document);
        db.Add(template);
        audit.Record("planTemplate.created", template.Id, organizationId: null, new { document.Code });
        return await db.TrySaveAsync(PlanTemplateErrors.CodeTaken, ct) is { } taken
            ? taken.ToConflict()
            : TypedResults.Created($"/v1/plan-templates/{template.Code}", PlanTemplateResponse.Of(template));
    }
}
