using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>
/// Changes your role and comments, while you have not handed in. A merge patch: what is absent stays, null clears. To place a rating, put that
/// rating.
/// </summary>
internal static class ChangeParticipation
{
    /// <param name="Role">One of the assessment's roles; null for none.</param>
    /// <param name="Comments">Comments by item code, 4,000 characters at most; null removes.</param>
    public sealed record Request(string? Role = null, IReadOnlyDictionary<string, string?>? Comments = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Role).Role();
            RuleFor(request => request.Comments).Entries();
        }
    }

    public static void Map(RouteGroupBuilder participation) =>
        participation.MapPatch("/", Handle)
            .UseCase(nameof(ChangeParticipation), "Change your role or comments")
            .RequireParticipant()
            .NotRepeatable()
            .TakesPatch<Request, Request>()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted, AssessmentErrors.UnknownRole)
            .Example(new Request("teacher", new Dictionary<string, string?> { ["VIS.1"] = "See our charter." }), OwnResponse.Sample);

    private static async Task<Results<Ok<OwnResponse>, JsonHttpResult<ApiProblem>>> Handle(
        MergePatch<Request> patch, IfMatch ifMatch, OwnDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(ifMatch, ct);
        if (work is null)
            return refused!;
        var (merged, invalid) = patch.Apply(new Request(
            work.Response.Role, work.Sheet.Comments.ToDictionary(comment => comment.Key, string? (comment) => comment.Value)));
        if (merged is null)
            return invalid!;
        var sheet = RatingSheet.Of(work.Sheet.Layout, work.Response.Levels, commentsJson: null).Comment(merged.Comments);
        if (sheet.Faults.Count > 0)
            return Problems.Invalid(Problems.Listed(sheet.Faults));
        if (!work.Assessment.Takes(merged.Role))
            return AssessmentErrors.UnknownRole.ToConflict();
        if (work.Response.Change(merged.Role, sheet.Levels, sheet.CommentsJson, clock.GetUtcNow()) is { } submitted)
            return submitted.ToConflict();
        return TypedResults.Ok(await desk.SaveAsync(work, "response.changed", reached: null, ct));
    }
}
