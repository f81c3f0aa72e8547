using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.ProgressNotes;

/// <summary>Adds what you say of a step's progress. Nobody else changes it.</summary>
internal static class CreatePlanProgressNote
{
    public static void Map(RouteGroupBuilder progressNotes) =>
        progressNotes.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanProgressNote), "Add a progress note to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<ProgressNoteContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts, PlanErrors.UnknownParent)
            .Example(PlanProgressNoteResponse.SampleContent, PlanProgressNoteResponse.Sample);

    private static async Task<Results<Created<PlanProgressNoteResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, ProgressNoteContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.ProgressNote, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/progress-notes/{part.Id}", PlanProgressNoteResponse.Of(part));
    }
}
