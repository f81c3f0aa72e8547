using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Http;

namespace PLService.Api.Features.Rubrics;

/// <summary>
/// One rubric with its criteria and their levels, whoever wrote it. In rubrics from elsewhere the direction follows from the scores (best last without
/// any), and a level without words beside others that have some is an empty cell.
/// </summary>
internal static class GetRubric
{
    public static void Map(RouteGroupBuilder rubrics) =>
        rubrics.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetRubric), "Read a rubric")
            .RequireScope(Scopes.StandardsRead)
            .Example(response: RubricResponse.Sample);

    private static async Task<Results<Ok<RubricResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, RubricDesk desk, CancellationToken ct)
    {
        if (await desk.Named(id).AsNoTracking().SingleOrDefaultAsync(ct) is not { } rubric)
            return Problems.NotFound("rubric");
        return TypedResults.Ok(await desk.AnswerAsync(rubric, await desk.FrameworkOfAsync(rubric, ct), ct));
    }
}
