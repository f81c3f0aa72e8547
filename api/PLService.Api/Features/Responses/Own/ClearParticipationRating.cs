using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>Takes one of your ratings back. The comment stays, for it belongs to the item; to remove it, change your response.</summary>
internal static class ClearParticipationRating
{
    public static void Map(RouteGroupBuilder participation) =>
        participation.MapDelete("/ratings/{itemCode}", Handle)
            .UseCase(nameof(ClearParticipationRating), "Take one of your ratings back")
            .RequireParticipant()
            .NotRepeatable()
            .Validate<RatingQuery>()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted)
            .Example(response: RatingResponse.Sample with { Level = null });

    private static async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string itemCode, [AsParameters] RatingQuery query, IfMatch ifMatch, RatingDesk desk, Caller caller, CancellationToken ct)
    {
        var own = caller.ParticipantOf!;
        var (element, refused) = await desk.FindAsync(own.AssessmentId, itemCode, query.Axis, ct);
        return element is null ? refused! : await desk.ChangeAsync(own.AssessmentId, own.ResponseId, element, level: null, comment: null, ifMatch, ct);
    }
}
