using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Responses;

/// <summary>What reading, placing and clearing a rating share.</summary>
internal sealed class RatingDesk(InstrumentVersions versions, AssessmentGate gate, RatingStore store, Caller caller)
{
    /// <summary>The element that an address names.</summary>
    public async Task<(Element? Element, JsonHttpResult<ApiProblem>? Refused)> FindAsync(Guid assessmentId, string itemCode, string? axis, CancellationToken ct)
    {
        if (await versions.OfAssessmentAsync(assessmentId, ct) is not { } version)
            return (null, Problems.NotFound("assessment"));
        if (version.Layout.TryFind(itemCode, axis, out var element))
            return (element, null);
        if (await gate.FindAsync(assessmentId, ct) is null)
            return (null, Problems.NotFound("assessment"));
        return (null, version.Layout.TryFind(itemCode, "", out _)
            ? Problems.Invalid("?axis", AssessmentErrors.UnknownItem.Code, "The item does not use an axis with this code.")
            : Problems.NotFound("item"));
    }

    /// <summary>Places a level, with a comment if one is given.</summary>
    public async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> PlaceAsync(
        Guid assessmentId, Guid responseId, string itemCode, string? axis, string levelCode, string? comment, IfMatch ifMatch, CancellationToken ct)
    {
        var (element, refused) = await FindAsync(assessmentId, itemCode, axis, ct);
        if (element is null)
            return refused!;
        if (!element.TryLevel(levelCode, out var level))
        {
            var fault = RatingSheet.UnknownLevel("/level", element);
            return Problems.Invalid(fault.Pointer, fault.Code, fault.Detail);
        }

        // A comment of blanks is none, and would otherwise satisfy a level that needs one.
        return await ChangeAsync(assessmentId, responseId, element, level, comment is not null && string.IsNullOrWhiteSpace(comment) ? "" : comment, ifMatch, ct);
    }

    /// <summary>Changes the element, if it still says what the caller has read.</summary>
    public async Task<Results<Ok<RatingResponse>, JsonHttpResult<ApiProblem>>> ChangeAsync(
        Guid assessmentId, Guid responseId, Element element, short? level, string? comment, IfMatch ifMatch, CancellationToken ct)
    {
        short? expected = null;
        string? hash = null;
        // A tag that no rating has is stale, whatever is there now.
        if (ifMatch.Tag is { } tag && !RatingResponse.TryReadTag(element, tag, out expected, out hash))
            expected = short.MinValue;
        var change = new RatingChange(assessmentId, responseId, element, level, comment, ifMatch.Tag is null, expected, hash);
        if (await store.ChangeAsync(change, ct) is not { } state)
            return Problems.NotFound("assessment");
        if (state.Status is null)
            return Problems.NotFound("response");

        // Who answers may read what it was.
        var isShown = state.Assessment.Mode is AssessmentMode.Named || caller.ParticipantOf is not null;
        var now = RatingResponse.Of(element, state.Level, state.Comment, isShown || comment is not null);
        if (state.IsChanged)
            return TypedResults.Ok(now);
        if (state.Assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();
        if (state.Status is ResponseStatus.Submitted)
            return AssessmentErrors.AlreadySubmitted.ToConflict();
        return Problems.Result(412, "concurrency.stale_version",
            "The rating is not what you last read: it was changed elsewhere. Read it again, and decide which one is meant.", currentLevel: isShown ? now.Level : null);
    }
}
