using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Results;

/// <summary>
/// What an open assessment says so far, at most two seconds old, for a screen in the room: the figures of a result, whole and by role,
/// small groups withheld. All who look at the same time share one computation.
/// </summary>
internal static class GetLiveTally
{
    /// <param name="AssessmentId">The assessment.</param>
    /// <param name="AsOf">The moment that the figures are of.</param>
    /// <param name="Result">The figures, as a result has them.</param>
    internal sealed record Response(
        Guid AssessmentId, DateTimeOffset AsOf, [property: JsonConverter(typeof(AsFrozen))] ResultDocument Result)
    {
        public static readonly Response Sample = new(
            Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"), new DateTimeOffset(2026, 9, 8, 15, 0, 0, TimeSpan.Zero), ResultSample.Document);
    }

    public static void Map(RouteGroupBuilder results) =>
        results.MapGet("/tally", Handle)
            .UseCase(nameof(GetLiveTally), "Read the live tally")
            .RequireScope(Scopes.AssessmentsRead)
            .Refuses(AssessmentErrors.NotOpen)
            .ComputedExample(() => Response.Sample);

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, AssessmentGate gate, InstrumentVersions versions, LiveTallies live, Caller caller, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();

        var version = await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct);
        var tally = await live.GetAsync(caller.TenantId, id, version.Layout, ct);
        return TypedResults.Ok(new Response(id, tally.AsOf, tally.Result));
    }
}
