using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Results;

/// <summary>
/// What everybody answers so far, for participants of an assessment that shows it: the same figures that the screen in the room has, small groups
/// withheld.
/// </summary>
internal static class GetParticipationTally
{
    public static void Map(RouteGroupBuilder participation) =>
        participation.MapGet("/tally", Handle)
            .UseCase(nameof(GetParticipationTally), "Read what everybody answers so far")
            .RequireParticipant()
            .Refuses(AssessmentErrors.NotOpen, ParticipationErrors.TallyNotShown)
            .ComputedExample(() => GetLiveTally.Response.Sample);

    private static async Task<Results<Ok<GetLiveTally.Response>, JsonHttpResult<ApiProblem>>> Handle(
        PLServiceDbContext db, InstrumentVersions versions, LiveTallies live, Caller caller, CancellationToken ct)
    {
        var id = caller.ParticipantOf!.AssessmentId;
        var assessment = await db.Assessments.Where(a => a.Id == id)
            .Select(a => new { a.Status, a.ShowsLiveTally, a.InstrumentTenantId, a.InstrumentVersionId }).SingleAsync(ct);
        if (!assessment.ShowsLiveTally)
            return ParticipationErrors.TallyNotShown.ToConflict();
        if (assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();

        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        var tally = await live.GetAsync(caller.TenantId, id, version.Layout, ct);
        return TypedResults.Ok(new GetLiveTally.Response(id, tally.AsOf, tally.Result));
    }
}
