using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>The assessments that the token reaches, the newest first; narrowed by any of the filters together.</summary>
internal static class ListAssessments
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only of this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization and everything below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only with the instrument of this code, in any version.</summary>
        public string? Instrument { get; init; }

        /// <summary>Only of this round.</summary>
        public string? Round { get; init; }

        /// <summary>Only with this status.</summary>
        public AssessmentStatus? Status { get; init; }

        /// <summary>Only with this id outside the service.</summary>
        public string? ExternalId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Instrument).MaximumLength(40);
            RuleFor(request => request.Round).MaximumLength(Assessment.RoundMaxLength);
            RuleFor(request => request.ExternalId).MaximumLength(Assessment.ExternalIdMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapQuery("/", Handle)
            .UseCase(nameof(ListAssessments), "List assessments")
            .RequireScope(Scopes.AssessmentsRead)
            .Validate<Request>()
            .Example(response: new Page<AssessmentResponse>([AssessmentResponse.Sample], null, null));

    private static async Task<Ok<Page<AssessmentResponse>>> Handle(
        [AsParameters] Request request, TenantReader reader, AssessmentRows rows, Caller caller, CancellationToken ct)
    {
        var query = new AssessmentQuery(caller);
        query.Where(request);
        var (found, count) = await reader.ExecuteAsync(
            query.Commands(request.Cursor, request.Take + 1, request.Count is true),
            async (results, token) =>
            {
                var list = new List<AssessmentRows.Row>(request.Take + 1);
                while (await results.ReadAsync(token))
                    list.Add(AssessmentRows.Read(results));
                var all = request.Count is true && await results.NextResultAsync(token) && await results.ReadAsync(token) ? results.GetInt64(0) : (long?)null;
                return (list, all);
            },
            ct);
        var page = new List<AssessmentResponse>(found.Count);
        foreach (var row in found)
            page.Add(await rows.CompleteAsync(row, ct));
        return TypedResults.Ok(Page.Of(page, request.Take, assessment => [assessment.Id.ToString()], count));
    }
}
