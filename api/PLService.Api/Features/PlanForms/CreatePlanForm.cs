using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanForms;

/// <summary>
/// Adds a form of the tenant's own, against which its organizations hold their plans: sections that are filled from the plan's fields and parts, and what has to
/// be there. A tenant has 200 forms at most; a code of the catalog is refused, so that one code never means two forms.
/// </summary>
internal static class CreatePlanForm
{
    internal const int Most = 200;

    public static void Map(RouteGroupBuilder forms) =>
        forms.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanForm), "Add a form for plans")
            .RequireScope(Scopes.PlansWrite)
            .RequireTenantAuthor()
            .Validate<PlanFormDocument>()
            .Refuses(PlanFormErrors.IsCatalog, PlanFormErrors.CodeTaken, PlanFormErrors.TooMany)
            .Example(PlanFormResponse.SampleDocument, PlanFormResponse.Sample);

    private static async Task<Results<Created<PlanFormResponse>, JsonHttpResult<ApiProblem>>> Handle(
        PlanFormDocument document, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await db.PlanForms.AnyAsync(t => t.TenantId == Guid.Empty && t.Code == document.Code, ct))
            return PlanFormErrors.IsCatalog.ToConflict();
        if (await db.PlanForms.CountAsync(t => t.TenantId != Guid.Empty, ct) >= Most)
            return PlanFormErrors.TooMany.ToConflict();

        var form = PlanForm.Create(document);
        db.Add(form);
        audit.Record("planForm.created", form.Id, organizationId: null, new { document.Code });
        return await db.TrySaveAsync(PlanFormErrors.CodeTaken, ct) is { } taken
            ? taken.ToConflict()
            : TypedResults.Created($"/v1/plan-forms/{form.Code}", PlanFormResponse.Of(form));
    }
}
