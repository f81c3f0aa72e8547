using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>Finds a mark for who may change it: who set it, and who leads the team.</summary>
internal sealed class AnnotationDesk(ReadingDesk desk, RunDesk runs, PLServiceDbContext db, Caller caller)
{
    public async Task<(OpenReading? Reading, Annotation? Annotation, JsonHttpResult<ApiProblem>? Refused)> TakeAsync(
        Guid runId, string toolCode, Guid annotationId, IfMatch ifMatch, CancellationToken ct)
    {
        var (reading, refused) = await desk.HoldTextAsync(runId, toolCode, ct);
        if (reading is null)
            return (null, null, refused);
        if (await db.Annotations.SingleOrDefaultAsync(a => a.ReadingId == reading.Stored!.Id && a.Id == annotationId, ct) is not { } annotation)
            return (null, null, Problems.NotFound("annotation"));
        if ((annotation.PersonId is null || annotation.PersonId != caller.PersonId) && !await runs.LeadsAsync(reading.Run.OrganizationId, ct))
            return (null, null, ReadingErrors.NotYours.ToConflict());
        return ifMatch.Refuses(annotation.Version) is { } stale ? (null, null, stale) : (reading, annotation, null);
    }
}
