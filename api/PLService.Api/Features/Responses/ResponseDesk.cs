using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Responses;

/// <summary>Brings out what a change of a response needs, and refuses what every such change is refused for.</summary>
internal sealed class ResponseDesk(AssessmentGate gate, PLServiceDbContext db, InstrumentVersions versions, AuditTrail audit, Caller caller)
{
    /// <summary>A response under change: its assessment stays open until the transaction ends.</summary>
    public sealed record Work(AssessmentState Assessment, Response Response, RatingSheet Sheet)
    {
        public ParticipantResponse Answer() => ParticipantResponse.Of(Response, Assessment.Mode, Sheet);
    }

    /// <summary>The response with this id, when it may be changed on the version that the caller has read.</summary>
    public async Task<(Work? Work, JsonHttpResult<ApiProblem>? Refused)> TakeAsync(Guid assessmentId, Guid responseId, IfMatch ifMatch, CancellationToken ct)
    {
        if (await gate.HoldAsync(assessmentId, ct) is not { } assessment)
            return (null, Problems.NotFound("assessment"));
        if (await db.Responses.SingleOrDefaultAsync(r => r.AssessmentId == assessmentId && r.Id == responseId, ct) is not { } response)
            return (null, Problems.NotFound("response"));
        if (ifMatch.Refuses(response.Version) is { } stale)
            return (null, stale);
        if (assessment.Status is not AssessmentStatus.Open)
            return (null, AssessmentErrors.NotOpen.ToConflict());

        // Who fills it in in a discreet mode is not to be recognized by the time of a change.
        if (response.FromParticipant && assessment.Mode is not AssessmentMode.Named)
            response.HideTimes();
        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        return (new(assessment, response, RatingSheet.Of(version.Layout, response.Levels, response.Comments)), null);
    }

    /// <summary>Puts on record what was done to a response, unless a participant did it who is not to be recognized by the time.</summary>
    public void Record(Work work, string action)
    {
        if (caller.ParticipantOf is null || !work.Response.HidesTimes)
            audit.Record(action, work.Response.Id, work.Assessment.OrganizationId);
    }
}
