using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses;

/// <summary>
/// Places or changes one rating. Only this element is touched, so that two tabs on different items never lose each other's; two tabs on
/// the same item are told apart by If-Match: the ETag is what the rating says, <c>"green"</c>, with a comment <c>"green:5c0a7d1e"</c>,
/// and <c>"-"</c> while there is none; <c>*</c> overwrites. A stale one is 412 with the level that is there now, where the mode allows it.
/// </summary>
internal static class PutRating
{
    /// <param name="Level">Code of the level.</param>
    /// <param name="Comment">The comment on the item, 4,000 characters at most; absent it stays as it is, empty it goes.</param>
    public sealed record Request(string Level, string? Comment = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Level).NotEmpty();
            RuleFor(request => request.Comment).MaximumLength(Response.CommentMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder responses) =>
        responses.MapPut("/{responseId:guid}/ratings/{itemCode}", Handle)
            .UseCase(nameof(PutRating), "Place a rating")
            .RequireScope(Scopes.ResponsesWrite)
            .Validate<Request>()
            .Validate<RatingQuery>()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted)
            .Example(new Request("green", "See our charter."), RatingResponse.Sample);

    private static async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, string itemCode, [AsParameters] RatingQuery query, Request request, IfMatch ifMatch, RatingDesk desk, CancellationToken ct) =>
        await desk.PlaceAsync(id, responseId, itemCode, query.Axis, request.Level, request.Comment, ifMatch, ct);
}
