using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Responses;

/// <summary>Removes a response with all that it says, while the assessment is open.</summary>
internal static class DeleteResponse
{
    public static void Map(RouteGroupBuilder responses) =>
        responses.MapDelete("/{responseId:guid}", Handle)
            .UseCase(nameof(DeleteResponse), "Delete a response")
            .RequireScope(Scopes.ResponsesWrite)
            .Refuses(AssessmentErrors.NotOpen);

    private static async Task<Results<NoContent, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, IfMatch ifMatch, ResponseDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(id, responseId, ifMatch, ct);
        if (work is null)
            return refused!;

        db.Remove(work.Response);
        audit.Record("response.deleted", responseId, work.Assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
