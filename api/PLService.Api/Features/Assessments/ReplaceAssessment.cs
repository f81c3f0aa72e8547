using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>
/// Replaces what describes an assessment. Mode and roles change only in a draft, the round not while it is closed; organization and
/// instrument never do: delete the draft and plan another.
/// </summary>
internal static class ReplaceAssessment
{
    /// <param name="Title">What people call it, 200 characters at most.</param>
    /// <param name="Round">The label by which assessments of one time are compared, 60 characters at most.</param>
    /// <param name="Mode">Who may know which participant said what.</param>
    /// <param name="Roles">The roles that participants may name, 20 at most; any when empty.</param>
    /// <param name="ExternalId">Its id outside the service, unique within the organization.</param>
    /// <param name="WindowOpensOn">First day on which answers are wanted.</param>
    /// <param name="WindowClosesOn">Last such day.</param>
    /// <param name="ShowsLiveTally">True shows participants what is answered while it is open, small groups withheld.</param>
    /// <param name="Reminders">When those of the roster who have not answered are reminded; stays as it is when it is left out.</param>
    public sealed record Request(
        string Title, string Round, AssessmentMode Mode, IReadOnlyList<string> Roles, string? ExternalId = null,
        DateOnly? WindowOpensOn = null, DateOnly? WindowClosesOn = null, bool ShowsLiveTally = false, ReminderSettings? Reminders = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Title).NotEmpty().MaximumLength(Assessment.TitleMaxLength);
            RuleFor(request => request.Round).Round();
            RuleFor(request => request.Mode).IsInEnum();
            RuleFor(request => request.Roles).Roles();
            RuleFor(request => request.ExternalId).ExternalId();
            RuleFor(request => request.WindowClosesOn).Window(request => request.WindowOpensOn);
            RuleFor(request => request.Reminders).Reminders();
        }
    }

    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplaceAssessment), "Replace an assessment's description")
            .RequireScope(Scopes.AssessmentsWrite)
            .Validate<Request>()
            .Refuses(AssessmentErrors.IsArchived, AssessmentErrors.RoundIsFrozen, AssessmentErrors.PromiseIsFrozen, AssessmentErrors.ExternalIdTaken)
            .Example(
                new Request("Readiness, fall 2026", "2026-fall", AssessmentMode.Confidential, ["teacher", "administrator"], "CV-2026F"),
                AssessmentResponse.Sample);

    private static async Task<Results<Ok<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, AssessmentRows rows, AuditTrail audit, CancellationToken ct)
    {
        if (await db.ReachableAssessments().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (ifMatch.Refuses(assessment.Version) is { } stale)
            return stale;
        if ((assessment.Describe(request.Title, request.Round, request.ExternalId, request.WindowOpensOn, request.WindowClosesOn)
            ?? assessment.Arrange(request.Mode, [.. request.Roles])) is { } refused)
            return refused.ToConflict();

        assessment.ShowLiveTally(request.ShowsLiveTally);
        request.Reminders?.ApplyTo(assessment);
        audit.Record("assessment.changed", id, assessment.OrganizationId, request);
        return await db.TrySaveAsync(AssessmentErrors.ExternalIdTaken, ct) is { } taken
            ? taken.ToConflict()
            : TypedResults.Ok(await rows.OfAsync(assessment, ct));
    }
}
