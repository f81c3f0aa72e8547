using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Responses;

/// <summary>Hands a response in. A level that needs a comment has to have one.</summary>
internal static class SubmitResponse
{
    public static void Map(RouteGroupBuilder responses) =>
        responses.MapPost("/{responseId:guid}/submit", Handle)
            .UseCase(nameof(SubmitResponse), "Hand a response in")
            .RequireScope(Scopes.ResponsesWrite)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted, AssessmentErrors.Incomplete)
            .Example(response: ParticipantResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<ParticipantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, IfMatch ifMatch, ResponseDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(id, responseId, ifMatch, ct);
        if (work is null)
            return refused!;
        if (work.Sheet.MissingComments() is { Count: > 0 } missing)
            return AssessmentErrors.Incomplete.ToConflict(Problems.Listed(missing));
        if (work.Response.Submit(clock.GetUtcNow()) is { } conflict)
            return conflict.ToConflict();

        audit.Record("response.submitted", responseId, work.Assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(work.Answer());
    }
}
