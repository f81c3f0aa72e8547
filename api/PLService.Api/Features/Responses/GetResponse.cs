using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Responses;

/// <summary>
/// One response, as far as the mode lets it be read: all of it in a named assessment, who but not what in a confidential one, nothing in
/// an anonymous one. Reading is put on record.
/// </summary>
internal static class GetResponse
{
    public static void Map(RouteGroupBuilder responses) =>
        responses.MapGet("/{responseId:guid}", Handle)
            .UseCase(nameof(GetResponse), "Read a response")
            .RequireScope(Scopes.ResponsesRead)
            .Refuses(AssessmentErrors.ResponsesAreWithheld)
            .Example(response: ParticipantResponse.Sample);

    private static async Task<Results<Ok<ParticipantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, AssessmentGate gate, InstrumentVersions versions, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (await db.Responses.AsNoTracking().SingleOrDefaultAsync(r => r.AssessmentId == id && r.Id == responseId, ct) is not { } response)
            return Problems.NotFound("response");
        if (assessment.Mode is AssessmentMode.Anonymous)
            return AssessmentErrors.ResponsesAreWithheld.ToConflict();

        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        audit.Record("response.read", responseId, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ParticipantResponse.Of(response, assessment.Mode, RatingSheet.Of(version.Layout, response.Levels, response.Comments)));
    }
}
