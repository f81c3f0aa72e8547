using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Results;

/// <summary>A stored result in the form that the caller accepts: JSON, or CSV where it is liked better.</summary>
internal static class ResultAnswer
{
    public static Results<Ok<ResultResponse>, FileContentHttpResult, JsonHttpResult<ApiProblem>> Of(HttpRequest request, AssessmentResult stored)
    {
        var response = ResultResponse.Of(stored);
        request.HttpContext.Response.Headers.Vary = HeaderNames.Accept;
        if (!LikesCsv(request))
            return TypedResults.Ok(response);

        return TypedResults.File(
            ResultCsv.Write(response.Result),
            "text/csv; charset=utf-8",
            $"result-{response.AssessmentId}-{response.Revision}.csv",
            // Another form of the same result is another entity.
            entityTag: new EntityTagHeaderValue($"\"{response.Sha256}-csv\""));
    }

    private static bool LikesCsv(HttpRequest request)
    {
        var liked = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault(type =>
            type.MatchesMediaType("text/csv") || type.MatchesMediaType("application/json"));
        return liked is not null && liked.MatchesMediaType("text/csv") && !liked.MatchesMediaType("application/json");
    }
}
