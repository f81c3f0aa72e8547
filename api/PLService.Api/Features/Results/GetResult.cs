using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Results;

/// <summary>The result of a closed assessment, as it was frozen; as CSV (Accept: text/csv) the table of its items, a row per group, item and axis,
/// or with a lens the table of the standards.</summary>
internal static class GetResult
{
    public static void Map(RouteGroupBuilder results) =>
        results.MapGet("/results", Handle)
            .UseCase(nameof(GetResult), "Read the latest result")
            .RequireScope(Scopes.AssessmentsRead)
            .Validate<ResultRequest>()
            .Produces<ResultResponse>(StatusCodes.Status200OK, "application/json", "text/csv")
            .Refuses(AssessmentErrors.NotClosed)
            .ComputedExample(() => ResultResponse.Sample);

    private static async Task<Results<Ok<ResultResponse>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] ResultRequest wanted, HttpRequest request, AssessmentGate gate, PLServiceDbContext db, ResultLens lenses, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (assessment.Status is not (AssessmentStatus.Closed or AssessmentStatus.Archived))
            return AssessmentErrors.NotClosed.ToConflict();

        var result = await db.AssessmentResults.Where(r => r.AssessmentId == id).OrderByDescending(r => r.Revision).FirstAsync(ct);
        return await ResultAnswer.OfAsync(request, assessment, result, wanted.Lens, lenses, ct);
    }
}
