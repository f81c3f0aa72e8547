using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Tallies;

/// <summary>
/// What one group marked on its poster, as it was entered: for whoever enters posters, to correct them. Nothing is withheld, so that
/// it takes the scope of single responses.
/// </summary>
internal static class GetTally
{
    public static void Map(RouteGroupBuilder tallies) =>
        tallies.MapGet("/{groupKey}", Handle)
            .UseCase(nameof(GetTally), "Read a tally")
            .RequireScope(Scopes.ResponsesRead)
            .Example(response: TallyResponse.Sample);

    private static async Task<Results<Ok<TallyResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string groupKey, AssessmentGate gate, InstrumentVersions versions, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (await db.Tallies.AsNoTracking().SingleOrDefaultAsync(t => t.AssessmentId == id && t.GroupKey == groupKey, ct) is not { } tally)
            return Problems.NotFound("tally");

        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        audit.Record("tally.read", tally.Id, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(TallyResponse.Of(tally, version.Layout));
    }
}
