using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.ProgressNotes;

/// <summary>One progress note of a plan; its ETag is what a change of it names.</summary>
internal static class GetPlanProgressNote
{
    public static void Map(RouteGroupBuilder progressNotes) =>
        progressNotes.MapGet("/{partId:guid}", Handle)
            .UseCase(nameof(GetPlanProgressNote), "Read a progress note of a plan")
            .RequireScope(Scopes.PlansRead)
            .Example(response: PlanProgressNoteResponse.Sample);

    private static async Task<Results<Ok<PlanProgressNoteResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, Guid partId, PLServiceDbContext db, CancellationToken ct) =>
        await db.PartsOf(id, PlanPartKind.ProgressNote).SingleOrDefaultAsync(part => part.Id == partId, ct) is { } part
            ? TypedResults.Ok(PlanProgressNoteResponse.Of(part))
            : Problems.NotFound("plan_progressnote");
}
