using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Results;

/// <summary>How a result is wanted.</summary>
internal sealed class ResultRequest
{
    /// <summary>Longer than the code or identifier of any framework.</summary>
    private const int LensMaxLength = 40;

    /// <summary>
    /// Code of a framework of standards to see the result through as well: the answers are put together by the standards that the items speak
    /// to. A standard is withheld when an item of it is.
    /// </summary>
    public string? Lens { get; init; }

    internal sealed class Validator : AbstractValidator<ResultRequest>
    {
        public Validator() => RuleFor(request => request.Lens).Length(1, LensMaxLength);
    }
}

/// <summary>A stored result in the form that the caller accepts: JSON, or CSV where it is liked better.</summary>
internal static class ResultAnswer
{
    public static async Task<Results<Ok<ResultResponse>, FileContentHttpResult, JsonHttpResult<ApiProblem>>> OfAsync(
        HttpRequest request, AssessmentState assessment, AssessmentResult stored, string? framework, ResultLens lenses, CancellationToken ct)
    {
        var response = ResultResponse.Of(stored);
        if (framework is null)
            return Csv.IsWanted(request) ? ResultCsv.Of(response) : TypedResults.Ok(response);
        if (await lenses.LookAsync(assessment, response.Result, framework, ct) is not { } lens)
            return Problems.NotFound("framework");

        response = response with { Lens = lens };
        return Csv.IsWanted(request) ? LensCsv.Of(response, lens) : TypedResults.Ok(response);
    }
}
