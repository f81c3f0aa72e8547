using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Results;

/// <summary>One of the results of an assessment that was reopened and closed again; earlier ones stay as history, also while it is open again.</summary>
internal static class GetResultRevision
{
    public static void Map(RouteGroupBuilder results) =>
        results.MapGet("/results/{revision:int}", Handle)
            .UseCase(nameof(GetResultRevision), "Read a result of an earlier close")
            .RequireScope(Scopes.AssessmentsRead)
            .Validate<ResultRequest>()
            .Produces<ResultResponse>(StatusCodes.Status200OK, "application/json", "text/csv")
            .ComputedExample(() => ResultResponse.Sample);

    private static async Task<Results<Ok<ResultResponse>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, int revision, [AsParameters] ResultRequest wanted, HttpRequest request, AssessmentGate gate, PLServiceDbContext db, ResultLens lenses,
        CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");

        return await db.AssessmentResults.SingleOrDefaultAsync(r => r.AssessmentId == id && r.Revision == revision, ct) is { } result
            ? await ResultAnswer.OfAsync(request, assessment, result, wanted.Lens, lenses, ct)
            : Problems.NotFound("result");
    }
}
