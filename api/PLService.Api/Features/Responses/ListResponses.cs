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
/// The responses of an assessment in the order in which they were started: with ratings in a named assessment, without in a confidential
/// one (asking for them is refused). An anonymous assessment gives no list, only counts. Reading is put on record.
/// </summary>
internal static class ListResponses
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only with this status.</summary>
        public ResponseStatus? Status { get; init; }

        /// <summary>Only the response with this key.</summary>
        public string? ParticipantKey { get; init; }

        /// <summary>Whether ratings and comments are wanted; where the mode allows them unless given.</summary>
        public bool? Ratings { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>;

    public static void Map(RouteGroupBuilder responses) =>
        responses.MapQuery("/", Handle)
            .UseCase(nameof(ListResponses), "List responses")
            .RequireScope(Scopes.ResponsesRead)
            .Validate<Request>()
            .Refuses(AssessmentErrors.ResponsesAreWithheld)
            .Example(response: new Page<ParticipantResponse>([ParticipantResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<ParticipantResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, AssessmentGate gate, InstrumentVersions versions, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (assessment.Mode is AssessmentMode.Anonymous || (assessment.Mode is AssessmentMode.Confidential && request.Ratings is true))
            return AssessmentErrors.ResponsesAreWithheld.ToConflict();

        var found = db.Responses.AsNoTracking().Where(r => r.AssessmentId == id);
        if (request.Status is { } status)
            found = found.Where(r => r.Status == status);
        if (request.ParticipantKey is { } key)
            found = found.Where(r => r.ParticipantKey == key);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(r => r.Id > last);
        var rows = await found.OrderBy(r => r.Id).Take(request.Take + 1).ToListAsync(ct);

        var layout = (await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct)).Layout;
        audit.Record("response.listed", id, assessment.OrganizationId, new { ratings = assessment.Mode is AssessmentMode.Named && request.Ratings is not false });
        await db.SaveChangesAsync(ct);
        var items = rows.ConvertAll(row =>
        {
            var item = ParticipantResponse.Of(row, assessment.Mode, RatingSheet.Of(layout, row.Levels, row.Comments));
            return request.Ratings is false ? item with { Ratings = null, Comments = null, RatedAt = null } : item;
        });
        return TypedResults.Ok(Page.Of(items, request.Take, item => [item.Id.ToString()], count));
    }
}
