using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses;

/// <summary>Takes one rating back. The comment stays, for it belongs to the item; to remove it, change the response.</summary>
internal static class ClearRating
{
    public static void Map(RouteGroupBuilder responses) =>
        responses.MapDelete("/{responseId:guid}/ratings/{itemCode}", Handle)
            .UseCase(nameof(ClearRating), "Take a rating back")
            .RequireScope(Scopes.ResponsesWrite)
            .Validate<RatingQuery>()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted)
            .Example(response: RatingResponse.Sample with { Level = null });

    private static async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, string itemCode, [AsParameters] RatingQuery query, IfMatch ifMatch, RatingDesk desk, CancellationToken ct)
    {
        var (element, refused) = await desk.FindAsync(id, itemCode, query.Axis, ct);
        return element is null ? refused! : await desk.ChangeAsync(id, responseId, element, level: null, comment: null, ifMatch, ct);
    }
}
