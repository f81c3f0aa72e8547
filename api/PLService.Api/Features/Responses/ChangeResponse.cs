using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Responses;

/// <summary>
/// Changes a response that is not handed in: role, ratings, comments. A merge patch: what is absent stays, null clears. To change a
/// single rating, put that rating: two tabs on different items then never stand in each other's way.
/// </summary>
internal static class ChangeResponse
{
    /// <param name="Role">One of the assessment's roles; null for none.</param>
    /// <param name="Ratings">Levels by item code, or by item and axis code; null clears.</param>
    /// <param name="Comments">Comments by item code; null removes.</param>
    public sealed record Request(
        string? Role = null, IReadOnlyDictionary<string, ItemRating?>? Ratings = null, IReadOnlyDictionary<string, string?>? Comments = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Role).Role();
            RuleFor(request => request.Ratings).Entries();
            RuleFor(request => request.Comments).Entries();
        }
    }

    public static void Map(RouteGroupBuilder responses) =>
        responses.MapPatch("/{responseId:guid}", Handle)
            .UseCase(nameof(ChangeResponse), "Change a response")
            .RequireScope(Scopes.ResponsesWrite)
            .TakesPatch<Request, Request>()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.AlreadySubmitted, AssessmentErrors.UnknownRole)
            .Example(new Request("teacher", new Dictionary<string, ItemRating?> { ["VIS.2"] = new("yellow") }), ParticipantResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<ParticipantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid responseId, MergePatch<Request> patch, IfMatch ifMatch, ResponseDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        var (work, refused) = await desk.TakeAsync(id, responseId, ifMatch, ct);
        if (work is null)
            return refused!;
        var (merged, invalid) = patch.Apply(AsRequest(work));
        if (merged is null)
            return invalid!;
        var sheet = RatingSheet.Blank(work.Sheet.Layout).Rate(merged.Ratings).Comment(merged.Comments);
        if (sheet.Faults.Count > 0)
            return Problems.Invalid(Problems.Listed(sheet.Faults));
        if (!work.Assessment.Takes(merged.Role))
            return AssessmentErrors.UnknownRole.ToConflict();
        if (work.Response.Change(merged.Role, sheet.Levels, sheet.CommentsJson, clock.GetUtcNow()) is { } submitted)
            return submitted.ToConflict();

        audit.Record("response.changed", responseId, work.Assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((work with { Sheet = sheet }).Answer());
    }

    private static Request AsRequest(ResponseDesk.Work work) => new(
        work.Response.Role,
        work.Sheet.Ratings().ToDictionary(rating => rating.Key, ItemRating? (rating) => rating.Value),
        work.Sheet.Comments.ToDictionary(comment => comment.Key, string? (comment) => comment.Value));
}
