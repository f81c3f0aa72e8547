using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Tallies;

/// <summary>
/// The tallies of an assessment in the order in which they were entered, for whoever enters posters. Nothing is withheld, so that it takes
/// the scope of single responses; results and live tallies are what everybody else reads.
/// </summary>
internal static class ListTallies
{
    public sealed class Request : PageRequest;

    public sealed class Validator : PageRequestValidator<Request>;

    public static void Map(RouteGroupBuilder tallies) =>
        tallies.MapQuery("/", Handle)
            .UseCase(nameof(ListTallies), "List tallies")
            .RequireScope(Scopes.ResponsesRead)
            .Validate<Request>()
            .Example(response: new Page<TallyResponse>([TallyResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<TallyResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, AssessmentGate gate, InstrumentVersions versions, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");

        var found = db.Tallies.AsNoTracking().Where(t => t.AssessmentId == id);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(t => t.Id > last);
        var rows = await found.OrderBy(t => t.Id).Take(request.Take + 1).ToListAsync(ct);
        var layout = (await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct)).Layout;
        audit.Record("tally.listed", id, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        var page = Page.Of(rows, request.Take, t => [t.Id.ToString()], count);
        return TypedResults.Ok(new Page<TallyResponse>([.. page.Items.Select(t => TallyResponse.Of(t, layout))], page.NextCursor, page.Count));
    }
}
