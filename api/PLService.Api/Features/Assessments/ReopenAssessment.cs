using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Assessments;

/// <summary>
/// Opens a closed assessment again. The reason is kept; the result stays as a revision of its own, and its figures leave the roll-ups
/// until it is closed again.
/// </summary>
internal static class ReopenAssessment
{
    /// <param name="Reason">Why, for those who read the result later; 500 characters at most.</param>
    public sealed record Request(string Reason);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(Assessment.ReasonMaxLength);
    }

    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapPost("/{id:guid}/reopen", Handle)
            .UseCase(nameof(ReopenAssessment), "Reopen an assessment")
            .RequireScope(Scopes.AssessmentsWrite)
            .Validate<Request>()
            .Refuses(AssessmentErrors.NotClosed)
            .Example(new Request("Two schools had not answered yet."), AssessmentResponse.Sample with { ResultRevision = 1, Version = 4 });

    private static async Task<Results<Ok<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, AssessmentGate gate, AssessmentCloser closer, PLServiceDbContext db, AssessmentRows rows,
        CancellationToken ct)
    {
        if (await gate.LockAsync(id, ct) is not { } state)
            return Problems.NotFound("assessment");
        if (ifMatch.Refuses(state.Version) is { } stale)
            return stale;
        var assessment = await db.ReachableAssessments().SingleAsync(a => a.Id == id, ct);
        return await closer.ReopenAsync(assessment, request.Reason, ct) is { } refused
            ? refused.ToConflict()
            : TypedResults.Ok(await rows.OfAsync(assessment, ct));
    }
}
