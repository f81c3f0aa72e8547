using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanTemplates;

/// <summary>One template with all of its parts, of the catalog or of the tenant.</summary>
internal static class GetPlanTemplate
{
    public static void Map(RouteGroupBuilder templates) =>
        templates.MapGet("/{code}", Handle)
            .UseCase(nameof(GetPlanTemplate), "Read a template of plans")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanTemplateResponse.Sample);

    private static async Task<Results<Ok<PlanTemplateResponse>, JsonHttpResult<ApiProblem>>> Handle(string code, PLServiceDbContext db, CancellationToken ct) =>
        await db.PlanTemplates.AsNoTracking().Where(t => t.Code == code).OrderByDescending(t => t.TenantId).FirstOrDefaultAsync(ct) is { } template
            ? TypedResults.Ok(PlanTemplateResponse.Of(template))
            : Problems.NotFound("plan_template");
}
