using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Features.Responses.Own;

/// <summary>The one response that a participant's token is for: read, taken to be changed, answered.</summary>
internal sealed class OwnDesk(ResponseDesk desk, ParticipationStore participations, PLServiceDbContext db, InstrumentVersions versions, Caller caller)
{
    private ParticipantOf Own => caller.ParticipantOf!;

    /// <summary>Takes the response to be changed on the version that the participant has read.</summary>
    public Task<(ResponseDesk.Work? Work, JsonHttpResult<ApiProblem>? Refused)> TakeAsync(IfMatch ifMatch, CancellationToken ct) =>
        desk.TakeAsync(Own.AssessmentId, Own.ResponseId, OwnResponse.OfResponse(ifMatch), ct);

    /// <summary>Saves a change, with what the mode lets be said of it.</summary>
    /// <param name="work">The response.</param>
    /// <param name="action">What was done.</param>
    /// <param name="reached">How far the participant has come by it; null when no further and no less.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<OwnResponse> SaveAsync(ResponseDesk.Work work, string action, ParticipationStatus? reached, CancellationToken ct)
    {
        desk.Record(work, action);
        await db.SaveChangesAsync(ct);
        if (reached is { } status && Own.ParticipationId is { } participation && await participations.HoldAsync(Own.AssessmentId, ct) is { } held)
            await participations.MarkAsync(held, participation, status, ct);
        return await ReadAsync(ct);
    }

    /// <summary>The response as it is now.</summary>
    public async Task<OwnResponse> ReadAsync(CancellationToken ct)
    {
        var found = await (
            from a in db.Assessments
            join o in db.Organizations on a.OrganizationId equals o.Id
            join r in db.Responses on a.Id equals r.AssessmentId
            where a.Id == Own.AssessmentId && r.Id == Own.ResponseId
            select new { Assessment = a, o.Name, Response = r }).AsNoTracking().SingleAsync(ct);
        var (assessment, response) = (found.Assessment, found.Response);
        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        var sheet = RatingSheet.Of(version.Layout, response.Levels, response.Comments);
        return new(
            assessment.Title, found.Name, assessment.Mode, assessment.Status, assessment.Roles, assessment.WindowOpensOn, assessment.WindowClosesOn, assessment.ShowsLiveTally,
            version.Layout.Document, response.Role, response.Status, sheet.Ratings(), sheet.Comments, response.Version, OwnResponse.TagOf(response.Version, assessment.Version));
    }
}
