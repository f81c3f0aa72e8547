using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans;

/// <summary>
/// A whole plan as one document, whose parts name one another by references of the document: the same that its versions hold. Reading one as a template
/// (<c>GET .../template</c>) leaves out days, people and what became of it.
/// </summary>
internal static class ExportPlan
{
    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}/document", Handle)
            .UseCase(nameof(ExportPlan), "Export a plan as one document")
            .RequireScope(Scopes.PlansRead)
            .Example(response: Sample);

    internal static readonly PlanDocument Sample = new()
    {
        Plan = PlanResponse.SampleContent,
        Parts =
        [
            new("01a2b3c4-0000-7000-8000-000000000401", PlanPartKind.Strategy, new() { ["title"] = "Teams that meet each week", ["position"] = 0 }),
            new("01a2b3c4-0000-7000-8000-000000000402", PlanPartKind.Step, new() { ["title"] = "Agree on a weekly time", ["dueOn"] = "2026-10-01", ["position"] = 0 }, "01a2b3c4-0000-7000-8000-000000000401"),
        ],
    };

    private static async Task<Results<Ok<PlanDocument>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, PLServiceDbContext db, PlanDocuments documents, CancellationToken ct) =>
        await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } plan
            ? TypedResults.Ok(await documents.ReadAsync(plan, ct))
            : Problems.NotFound("plan");
}
