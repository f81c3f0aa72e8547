using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>
/// Places or changes one of your ratings, with a comment if you like. If-Match takes what the rating said when you read it: <c>"green"</c>, with a
/// comment <c>"green:5c0a7d1e"</c>, <c>"-"</c> while there is none; <c>*</c> overwrites. A stale one is 412 with the level that is there now.
/// </summary>
internal static class PutParticipationRating
{
    public static void Map(RouteGroupBuilder participation) =>
        participation.MapPut("/ratings/{itemCode}", Handle)
            .UseCase(nameof(PutParticipationRating), "Place one of your ratings")
            .RequireParticipant()
            .NotRepeatable()
            .Validate<PutRating.Request>()
            .Validate<RatingQuery>()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted)
            .Example(new PutRating.Request("green", "See our charter."), RatingResponse.Sample);

    private static async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string itemCode, [AsParameters] RatingQuery query, PutRating.Request request, IfMatch ifMatch, RatingDesk desk, Caller caller, CancellationToken ct)
    {
        var own = caller.ParticipantOf!;
        return await desk.PlaceAsync(own.AssessmentId, own.ResponseId, itemCode, query.Axis, request.Level, request.Comment, ifMatch, ct);
    }
}
