using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>Hands your response in. A level that needs a comment has to have one.</summary>
internal static class SubmitParticipation
{
    public static void Map(RouteGroupBuilder participation) =>
        participation.MapPost("/submit", Handle)
            .UseCase(nameof(SubmitParticipation), "Hand your response in")
            .RequireParticipant()
            .NotRepeatable()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted, AssessmentErrors.Incomplete)
            .Example(response: OwnResponse.Sample with { Status = ResponseStatus.Submitted, Version = 4 });

    private static async Task<Results<Ok<OwnResponse>, JsonHttpResult<ApiProblem>>> Handle(IfMatch ifMatch, OwnDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(ifMatch, ct);
        if (work is null)
            return refused!;
        if (work.Sheet.MissingComments() is { Count: > 0 } missing)
            return AssessmentErrors.Incomplete.ToConflict(Problems.Listed(missing));
        return work.Response.Submit(clock.GetUtcNow()) is { } conflict
            ? conflict.ToConflict()
            : TypedResults.Ok(await desk.SaveAsync(work, "response.submitted", ParticipationStatus.Submitted, ct));
    }
}
