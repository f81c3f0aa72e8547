using System.Security.Cryptography;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Responses;

/// <summary>
/// Starts a participant's response, with ratings and comments as far as they are known, and hands it in if asked to. Without a key the
/// service makes a random one. An anonymous assessment takes no key: the one that the service makes is told here and never again.
/// </summary>
internal static class CreateResponse
{
    /// <param name="ParticipantKey">Who answers, 80 characters at most; one response per key.</param>
    /// <param name="Role">One of the assessment's roles.</param>
    /// <param name="Ratings">Levels by item code, or by item and axis code.</param>
    /// <param name="Comments">Comments by item code, 4,000 characters at most.</param>
    /// <param name="Submit">True hands it in at once.</param>
    public sealed record Request(
        string? ParticipantKey = null, string? Role = null, IReadOnlyDictionary<string, ItemRating?>? Ratings = null,
        IReadOnlyDictionary<string, string?>? Comments = null, bool Submit = false);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.ParticipantKey).Length(1, Response.ParticipantKeyMaxLength);
            RuleFor(request => request.Role).Role();
            RuleFor(request => request.Ratings).Entries();
            RuleFor(request => request.Comments).Entries();
        }
    }

    public static void Map(RouteGroupBuilder responses) =>
        responses.MapPost("/", Handle)
            .UseCase(nameof(CreateResponse), "Start a response")
            .RequireScope(Scopes.ResponsesWrite)
            .Validate<Request>()
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.TalliesOnly, AssessmentErrors.KeyNotTaken, AssessmentErrors.UnknownRole,
                AssessmentErrors.KeyTaken, AssessmentErrors.Incomplete)
            .Example(
                new Request("p-017", "teacher", new Dictionary<string, ItemRating?> { ["VIS.1"] = new("green"), ["VIS.2"] = new("red") },
                    new Dictionary<string, string?> { ["VIS.2"] = "We have not begun." }),
                ParticipantResponse.Sample);

    private static async Task<Results<Created<ParticipantResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, InstrumentVersions versions, AssessmentGate gate, ResponseInsert insert, TimeProvider clock, CancellationToken ct)
    {
        if (await versions.OfAssessmentAsync(id, ct) is not { } version)
            return Problems.NotFound("assessment");
        var sheet = RatingSheet.Blank(version.Layout).Rate(request.Ratings).Comment(request.Comments);
        if (await RefuseBodyAsync(id, request, version, sheet, gate, ct) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var row = new NewResponse(
            Guid.CreateVersion7(), id, request.ParticipantKey, request.ParticipantKey ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), request.Role,
            sheet.Levels, sheet.CommentsJson, request.Submit, sheet.IsRated ? now : null, now);
        var outcome = await insert.RunAsync(row, ct);
        if (!outcome.IsInserted)
            return outcome.Assessment is { } assessment ? Refusal(assessment, request).ToConflict() : Problems.NotFound("assessment");

        // Whoever sends it knows it: nothing is kept back here.
        return TypedResults.Created($"/v1/assessments/{id}/responses/{row.Id}", new ParticipantResponse(
            row.Id, id, row.ParticipantKey, row.Role, request.Submit ? ResponseStatus.Submitted : ResponseStatus.InProgress, sheet.Ratings(), sheet.Comments,
            row.RatedAt, request.Submit ? now : null, now, now, 1));
    }

    /// <summary>What is wrong with the body; but first of all, whether the assessment is there for this caller.</summary>
    private static async Task<JsonHttpResult<ApiProblem>?> RefuseBodyAsync(
        Guid id, Request request, FixedVersion version, RatingSheet sheet, AssessmentGate gate, CancellationToken ct)
    {
        var missing = request.Submit ? sheet.MissingComments() : [];
        if (version.Layout.Document.TakesResponses && sheet.Faults.Count == 0 && missing.Count == 0)
            return null;
        if (await gate.FindAsync(id, ct) is null)
            return Problems.NotFound("assessment");
        if (!version.Layout.Document.TakesResponses)
            return AssessmentErrors.TalliesOnly.ToConflict();
        return sheet.Faults.Count > 0 ? Problems.Invalid(Problems.Listed(sheet.Faults)) : AssessmentErrors.Incomplete.ToConflict(Problems.Listed(missing));
    }

    private static Domain.DomainError Refusal(AssessmentState assessment, Request request) =>
        assessment.Status is not AssessmentStatus.Open ? AssessmentErrors.NotOpen
        : assessment.Mode is AssessmentMode.Anonymous && request.ParticipantKey is not null ? AssessmentErrors.KeyNotTaken
        : !assessment.Takes(request.Role) ? AssessmentErrors.UnknownRole
        : AssessmentErrors.KeyTaken;
}
