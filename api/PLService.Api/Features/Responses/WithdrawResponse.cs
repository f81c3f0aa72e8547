using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Responses;

/// <summary>Takes a response back that was handed in, so that it can be changed again.</summary>
internal static class WithdrawResponse
{
    public static void Map(RouteGroupBuilder responses) =>
        responses.MapPost("/{responseId:guid}/withdraw", Handle)
            .UseCase(nameof(WithdrawResponse), "Take a response back")
            .RequireScope(Scopes.ResponsesWrite)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.NotSubmitted)
            .Example(response: ParticipantResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<ParticipantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, IfMatch ifMatch, ResponseDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(id, responseId, ifMatch, ct);
        if (work is null)
            return refused!;
        if (work.Response.Withdraw() is { } conflict)
            return conflict.ToConflict();

        audit.Record("response.withdrawn", responseId, work.Assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(work.Answer());
    }
}
