using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Results;

/// <summary>A stored result in the form that the caller accepts: JSON, or CSV where it is liked better.</summary>
internal static class ResultAnswer
{
    public static Results<Ok<ResultResponse>, FileContentHttpResult, JsonHttpResult<ApiProblem>> Of(HttpRequest request, AssessmentResult stored)
    {
        var response = ResultResponse.Of(stored);
        return Csv.IsWanted(request) ? ResultCsv.Of(response) : TypedResults.Ok(response);
    }
}
