using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.PlanForms;

/// <summary>One form with its sections and fields, of the catalog or of the tenant.</summary>
internal static class GetPlanForm
{
    public static void Map(RouteGroupBuilder forms) =>
        forms.MapGet("/{code}", Handle)
            .UseCase(nameof(GetPlanForm), "Read a form for plans")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanFormResponse.Sample);

    private static async Task<Results<Ok<PlanFormResponse>, JsonHttpResult<ApiProblem>>> Handle(string code, PLServiceDbContext db, CancellationToken ct) =>
        await db.PlanForms.AsNoTracking().Where(t => t.Code == code).OrderByDescending(t => t.TenantId).FirstOrDefaultAsync(ct) is { } form
            ? TypedResults.Ok(PlanFormResponse.Of(form))
            : Problems.NotFound("plan_form");
}
